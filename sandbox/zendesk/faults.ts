/** The ways in which a Zendesk can fail. */
export const FAULT_KINDS = [
  "429",
  "500",
  "503",
  "hang",
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

export interface FaultOptions {
  /** Which requests; all of /api/ when absent. */
  match?: (path: string, query: URLSearchParams) => boolean;
  /** How many requests; once for `old-token`, else until `heal` when absent. */
  times?: number;
  /** For `429` and `503`: what the header says, seconds or an HTTP date. `null` leaves it out. */
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
  strike(path: string, query: URLSearchParams): Fault | undefined;
}

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
    strike(path, query) {
      const found = faults.find(({ fault, left }) => left > 0 && matches(fault, path, query));
      if (!found) return undefined;
      found.left -= 1;
      return found.fault;
    },
  };
}

function matches(fault: Fault, path: string, query: URLSearchParams): boolean {
  return fault.match ? fault.match(path, query) : path.startsWith("/api/");
}
