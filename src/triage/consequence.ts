import type { Coverage } from "./coverage.ts";
import type { Invocation } from "./model.ts";

/**
 * What it meant for people that invocations failed.
 *
 * What ConductorOne does when a webhook fails for good, by what made it send: a provisioning step falls back to manual
 * provisioning; a request's policy goes on without the step of the webhook, be it an approval or what follows the request's end;
 * an automation's step fails.
 * Source: https://www.conductorone.com/docs/product/admin/webhooks
 */
export interface Consequence {
  /** What made the provider send. `other`: a kind without words of its own. */
  kind: "provisionStep" | "approvalStep" | "policyPostAction" | "workflowStep" | "other";
  /** Access requests or automation runs, each counted once however many of its invocations failed. */
  count: number;
  /** Whether there may be more: a part of the time is unknown, or a row does not tell what it belonged to. */
  isAtLeast: boolean;
  /** Their ids, in the order of the invocations. Text from outside. */
  refs: string[];
}

/** What these failed invocations meant, heaviest first. Tests and what does not tell its source meant nothing to anybody. */
export function consequencesOf(failed: readonly Invocation[], coverage: readonly Coverage[] = []): Consequence[] {
  const incomplete = new Set(coverage.flatMap(({ state, provider }) => (state === "complete" ? [] : [provider])));
  const found = new Map<Consequence["kind"], { keys: Map<string, string>; isAtLeast: boolean }>();
  for (const { provider, source } of failed) {
    if (source === undefined || source.kind === "test") continue;
    const kind = kindOf(source.kind);
    const entry = found.get(kind) ?? { keys: new Map<string, string>(), isAtLeast: false };
    found.set(kind, entry);
    if (incomplete.has(provider) || !source.ref) entry.isAtLeast = true;
    if (source.ref)
      entry.keys.set(JSON.stringify([provider, kind === "other" ? source.kind : "", source.ref]), source.ref);
  }
  return KINDS.flatMap((kind) => {
    const entry = found.get(kind);
    if (entry === undefined) return [];
    const refs = [...entry.keys.values()];
    // Rows that do not tell to what they belonged may all belong to one, or to one that is counted.
    return [{ kind, count: Math.max(1, refs.length), isAtLeast: entry.isAtLeast, refs }];
  });
}

/**
 * `14 access requests fell back to manual provisioning; at least 2 automation runs failed`; empty where there is nothing to say.
 * Each part begins with its number and stands by itself: it names the step, for where no other line does.
 */
export function consequencesInWords(consequences: readonly Consequence[]): string {
  return consequences.map(inWords).join("; ");
}

/** The same as a sentence of its own; `undefined` where there is nothing to say. */
export function meaningSentence(consequences: readonly Consequence[]): string | undefined {
  const told = consequencesInWords(consequences);
  return told === "" ? undefined : `${told.slice(0, 1).toUpperCase()}${told.slice(1)}.`;
}

/** `provisioning step of access request 4711 (2mq…)`: what made the provider send. Holds text from outside. */
export function sourceInWords({ kind, ref, name }: NonNullable<Invocation["source"]>): string {
  const named = ref ? (name ? ` ${name} (${ref})` : ` ${ref}`) : "";
  if (Object.hasOwn(SOURCES, kind)) return `${SOURCES[kind]}${named}`;
  return `${kind}${named}`;
}

const KINDS = [
  "provisionStep",
  "approvalStep",
  "policyPostAction",
  "workflowStep",
  "other",
] as const satisfies readonly Consequence["kind"][];

const SOURCES: Record<string, string> = {
  provisionStep: "provisioning step of access request",
  approvalStep: "approval step of access request",
  policyPostAction: "post action of access request",
  workflowStep: "automation run",
  test: "a test",
};

function kindOf(source: string): Consequence["kind"] {
  return KINDS.find((kind) => kind === source) ?? "other";
}

function inWords({ kind, count, isAtLeast }: Consequence): string {
  const number = `${isAtLeast ? "at least " : ""}${count.toLocaleString("en-US")}`;
  const isOne = count === 1;
  const requests = `${number} access ${isOne ? "request" : "requests"}`;
  switch (kind) {
    case "provisionStep":
      return `${requests} fell back to manual provisioning`;
    case "approvalStep":
      return `${requests} went on without ${isOne ? "its" : "their"} webhook approval step`;
    case "policyPostAction":
      return `${requests} ended without ${isOne ? "its" : "their"} webhook post action`;
    case "workflowStep":
      return `${number} automation ${isOne ? "run" : "runs"} failed`;
    case "other":
      return `${number} of another kind ${isOne ? "was" : "were"} affected`;
    default:
      return kind satisfies never;
  }
}
