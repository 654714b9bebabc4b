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

export interface FaultOptions {
  /** Which requests; all that the kind is for when absent. */
  match?: (path: string) => boolean;
  /** How many requests; once for `old-token`, else until `heal` when absent. */
  times?: number;
  /** For `429`: what the header says, seconds or an HTTP date; 2 when absent. `null` leaves it out. */
  retryAfter?: number | string | null;
  /** For `redirect`: where to. This server under another name when absent. */
  to?: string;
}

export interface Fault extends FaultOptions {
  kind: FaultKind;
}

export interface Faults {
  add(kind: FaultKind, options?: FaultOptions): void;
  heal(): void;
  /** The fault that strikes this request, counted. The one added last wins. */
  strike(path: string): Fault | undefined;
}

const TOKEN_KINDS: ReadonlySet<FaultKind> = new Set(["dpop", "no-token", "short-token", "bad-client"]);

export function createFaults(): Faults {
  let faults: { fault: Fault; left: number }[] = [];
  return {
    add(kind, options = {}) {
      const left = options.times ?? (kind === "old-token" ? 1 : Number.POSITIVE_INFINITY);
      faults.unshift({ fault: { kind, ...options }, left });
    },
    heal() {
      faults = [];
    },
    strike(path) {
      const found = faults.find(({ fault, left }) => left > 0 && isFor(fault, path));
      if (!found) return undefined;
      found.left -= 1;
      return found.fault;
    },
  };
}

function isFor({ kind, match }: Fault, path: string): boolean {
  if (match) return match(path);
  if (kind === "down") return true;
  return path.startsWith(TOKEN_KINDS.has(kind) ? "/auth/v1/token" : "/api/");
}
