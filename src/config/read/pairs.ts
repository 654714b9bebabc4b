import type { Variables } from "./variables.ts";

/**
 * Two variables that mean something together. `undefined` where one is missing: having half of them is noted as a fault, with the
 * mend for the one that is missing.
 */
export function readPair(
  variables: Variables,
  first: string,
  second: string,
  mends?: { first: string; second: string },
): { first: string; second: string } | undefined {
  const values = { first: readCredential(variables, first), second: readCredential(variables, second) };
  if (values.first !== undefined && values.second !== undefined) return { first: values.first, second: values.second };
  if (values.first !== undefined) faultOfHalf(variables, second, first, mends?.second);
  if (values.second !== undefined) faultOfHalf(variables, first, second, mends?.first);
  return undefined;
}

function faultOfHalf(variables: Variables, missing: string, set: string, mend: string | undefined): void {
  if (mend === undefined) variables.fault(missing, "missing", `${set} is set and needs it`);
  else variables.fault(missing, `missing, while ${set} is set and needs it`, mend);
}

/** A credential's value. White space inside comes from copying, and is noted as a fault. */
export function readCredential(variables: Variables, name: string): string | undefined {
  const value = variables.value(name);
  if (value !== undefined && /\s/.test(value))
    variables.fault(name, "has white space inside", "copy it again, whole and alone");
  return value;
}
