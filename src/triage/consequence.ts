import type { Coverage } from "./coverage.ts";
import type { Invocation } from "./model.ts";

/**
 * What it meant for people that invocations failed.
 *
 * What ConductorOne does when a webhook fails for good, by what made it send: a provisioning step falls back to manual
 * provisioning, a policy goes on without the step, an automation's step fails.
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

/** `14 access requests fell back to manual provisioning; 2 automation runs failed`; empty where there is nothing to say. */
export function consequencesInWords(consequences: readonly Consequence[]): string {
  return consequences.map(inWords).join("; ");
}

/** `provisioning step of access request 2mq…`: what made the provider send. Holds text from outside. */
export function sourceInWords({ kind, ref }: NonNullable<Invocation["source"]>): string {
  const named = ref ? ` ${ref}` : "";
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
  const requests = `${number} access ${count === 1 ? "request" : "requests"}`;
  switch (kind) {
    case "provisionStep":
      return `${requests} fell back to manual provisioning`;
    case "approvalStep":
      return `the ${count === 1 && !isAtLeast ? "policy" : "policies"} of ${requests} went on without this step`;
    case "policyPostAction":
      return `the receiver was not told of ${requests}`;
    case "workflowStep":
      return `${number} automation ${count === 1 ? "run" : "runs"} failed`;
    case "other":
      return `${number} of another kind ${count === 1 && !isAtLeast ? "was" : "were"} affected`;
    default:
      return kind satisfies never;
  }
}
