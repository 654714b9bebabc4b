import type { Core } from "../core.ts";
import { type BlockFault, isRecord } from "../validate/rule.ts";

/** A refusal, in Slack's words. */
export class ApiError extends Error {
  readonly error: string;
  readonly more: Record<string, unknown>;
  /** Which parts of the payload are wrong, where it is that. */
  readonly faults: readonly BlockFault[];

  constructor(error: string, more: Record<string, unknown> = {}, faults: readonly BlockFault[] = []) {
    super(error);
    this.error = error;
    this.more = more;
    this.faults = faults;
  }
}

/** A refusal that says which parts of the payload are wrong, as Slack does. */
export class PayloadError extends ApiError {
  constructor(faults: readonly BlockFault[]) {
    const errors = faults.map((fault) => `${fault.message} [json-pointer:${fault.pointer}]`);
    const messages = errors.map((error) => `[ERROR] ${error}`);
    super(faults[0]?.error ?? "invalid_arguments", { errors, response_metadata: { messages } }, faults);
  }
}

export type Answer = Record<string, unknown>;

/** A method of the Web API. Throws `ApiError` for what Slack answers with `ok: false`. */
export interface Method {
  /** One of these scopes is needed; none when left out. */
  scopes?: readonly string[];
  answer(core: Core, args: Args): Answer;
}

export type Methods = Readonly<Record<string, Method>>;

/** The arguments of a call, be they from a form (all text) or from JSON. */
export class Args {
  readonly raw: Readonly<Record<string, unknown>>;

  constructor(raw: Readonly<Record<string, unknown>>) {
    this.raw = raw;
  }

  has(key: string): boolean {
    const value = this.raw[key];
    return value !== undefined && value !== null && value !== "";
  }

  text(key: string): string | undefined {
    const value = this.raw[key];
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    return typeof value === "string" ? value : undefined;
  }

  /** Throws `invalid_arguments`, or the given code, when it is missing. */
  required(key: string, error = "invalid_arguments"): string {
    const value = this.text(key);
    if (value !== undefined && value !== "") return value;
    throw new ApiError(error, {
      response_metadata: { messages: [`[ERROR] missing required field: ${key}`] },
    });
  }

  flag(key: string): boolean {
    return ["true", "1"].includes(this.text(key) ?? "");
  }

  number(key: string, fallback: number): number {
    const value = Number(this.text(key) ?? fallback);
    if (!Number.isFinite(value)) throw new ApiError("invalid_arguments");
    return value;
  }

  /** A structure, which a form carries as JSON text. */
  json(key: string, error = "invalid_json"): unknown {
    const value = this.raw[key];
    if (typeof value !== "string") return value ?? undefined;
    if (value === "") return undefined;
    try {
      return JSON.parse(value);
    } catch {
      throw new ApiError(error);
    }
  }

  record(key: string): Record<string, unknown> {
    const value = this.json(key);
    if (!isRecord(value)) throw new ApiError("invalid_arguments");
    return value;
  }

  /** Comma separated, or a list. */
  list(key: string): string[] {
    const value = this.raw[key];
    if (Array.isArray(value)) return value.map(String);
    return (this.text(key) ?? "").split(",").filter((item) => item !== "");
  }
}
