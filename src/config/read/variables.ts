import type { z } from "zod";
import { maskKnownSecrets, redactText } from "../../triage/redact.ts";

export type Environment = Record<string, string | undefined>;

/** Longer values are not repeated in messages. */
const LONGEST_ECHO = 60;

/** The environment, and what was found wrong with it. */
export class Variables {
  readonly faults: string[] = [];
  readonly secrets: string[];
  readonly #env: Environment;

  constructor(env: Environment, secrets: string[]) {
    this.#env = env;
    this.secrets = secrets;
  }

  /** The trimmed value, `undefined` where the variable is unset or empty. */
  value(name: string): string | undefined {
    return valueIn(this.#env, name);
  }

  /** Whether any variable with this beginning is set. */
  hasAny(prefix: string): boolean {
    return Object.keys(this.#env).some((name) => name.startsWith(prefix) && this.value(name) !== undefined);
  }

  /** The value as its schema reads it, or what to take where it is unset or wrong; being wrong is noted as a fault. */
  read<Value, Fallback>(name: string, schema: z.ZodType<Value>, fallback: Fallback): Value | Fallback {
    const value = this.value(name);
    if (value === undefined) return fallback;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) this.faults.push(`${name}: ${this.#withoutSecrets(issue.message)}`);
    return fallback;
  }

  /** Notes what is wrong with a variable and what would be right. */
  fault(name: string, wrong: string, right: string): void {
    this.faults.push(`${name}: ${this.#withoutSecrets(wrong)}; ${right}.`);
  }

  /** Only our own secrets: what is echoed was redacted, and our hints show forms that look like secrets. */
  #withoutSecrets(message: string): string {
    return maskKnownSecrets(message, this.secrets);
  }
}

export function valueIn(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === "" ? undefined : value;
}

/** A value as messages repeat it: on one line, and not endlessly. */
export function echo(value: string): string {
  const line = redactText(value.replaceAll(/\s+/g, " ")).text;
  return line.length > LONGEST_ECHO ? `"${line.slice(0, LONGEST_ECHO)}…"` : `"${line}"`;
}
