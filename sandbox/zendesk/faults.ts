import type { FaultRules } from "../provider/faults.ts";

/** The ways in which a Zendesk can fail. */
export const FAULT_KINDS = [
  "429",
  "500",
  "503",
  "hang",
  "hold",
  "cut",
  "cut-body",
  "html-200",
  "half-json-200",
  "text-error",
  "redirect",
  "unknown-status",
  "cursor-loop",
  "old-token",
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export const FAULT_RULES: FaultRules<FaultKind> = {
  once: new Set(["old-token"]),
  isFor: (_, path) => path.startsWith("/api/"),
};
