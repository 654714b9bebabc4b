import type { Variables } from "./variables.ts";

/** Two variables that mean something together. `undefined` where one is missing: having half of them is noted as a fault. */
export function readPair(
  variables: Variables,
  first: string,
  second: string,
): { first: string; second: string } | undefined {
  const values = { first: readCredential(variables, first), second: readCredential(variables, second) };
  if (values.first !== undefined && values.second !== undefined) return { first: values.first, second: values.second };
  if (values.first !== undefined) variables.fault(second, "missing", `${first} is set and needs it`);
  if (values.second !== undefined) variables.fault(first, "missing", `${second} is set and needs it`);
  return undefined;
}

/** A credential's value. White space inside comes from copying, and is noted as a fault. */
export function readCredential(variables: Variables, name: string): string | undefined {
  const value = variables.value(name);
  if (value !== undefined && /\s/.test(value))
    variables.fault(name, "has white space inside", "copy it again, whole and alone");
  return value;
}
