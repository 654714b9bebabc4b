import type { FaultRules } from "../provider/faults.ts";

/** The ways in which a ConductorOne can fail. Those from `dpop` on are of its token endpoint. */
export const FAULT_KINDS = [
  "429",
  "500",
  "503",
  "down",
  "hang",
  "cut",
  "html-200",
  "half-json-200",
  "redirect",
  "old-token",
  "token-loop",
  "unknown-state",
  "audits-shuffled",
  "audits-gaps",
  "audits-endless",
  "dpop",
  "no-token",
  "short-token",
  "bad-client",
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

const TOKEN_KINDS: ReadonlySet<FaultKind> = new Set(["dpop", "no-token", "short-token", "bad-client"]);

export const FAULT_RULES: FaultRules<FaultKind> = {
  once: new Set(["old-token"]),
  isFor(kind, path) {
    if (kind === "down") return true;
    return path.startsWith(TOKEN_KINDS.has(kind) ? "/auth/v1/token" : "/api/");
  },
};
