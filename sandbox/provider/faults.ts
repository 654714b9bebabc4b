export interface FaultOptions {
  /** Which requests; all that the kind is for when absent. */
  match?: (path: string, query: URLSearchParams) => boolean;
  /** How many requests; once for some kinds, else until `heal` when absent. */
  times?: number;
  /** For kinds that ask for patience: what the header says, seconds or an HTTP date. `null` leaves it out. */
  retryAfter?: number | string | null;
  /** For `redirect`: where to. This server under another name when absent. */
  to?: string;
}

export interface Fault<Kind extends string> extends FaultOptions {
  kind: Kind;
}

export interface Faults<Kind extends string> {
  add(kind: Kind, options?: FaultOptions): void;
  heal(): void;
  /** Resolves at the next `heal`. */
  readonly healed: Promise<void>;
  /** Those that go on, the one added last first. */
  active(): { kind: Kind; left?: number }[];
  /** The fault that strikes this request, counted. The one added last wins. */
  strike(path: string, query: URLSearchParams): Fault<Kind> | undefined;
}

/** What the kinds of a provider have of their own. */
export interface FaultRules<Kind extends string> {
  /** Kinds that strike a single request unless told. */
  once: ReadonlySet<Kind>;
  /** Whether a fault of this kind is for requests to this path, where it does not say itself. */
  isFor(kind: Kind, path: string): boolean;
}

/** The faults that a provider has at the moment. */
export function createFaults<Kind extends string>({ once, isFor }: FaultRules<Kind>): Faults<Kind> {
  let faults: { fault: Fault<Kind>; left: number }[] = [];
  let healing = Promise.withResolvers<void>();
  return {
    get healed() {
      return healing.promise;
    },
    add(kind, options = {}) {
      const left = options.times ?? (once.has(kind) ? 1 : Number.POSITIVE_INFINITY);
      faults.unshift({ fault: { kind, ...options }, left });
    },
    heal() {
      faults = [];
      healing.resolve();
      healing = Promise.withResolvers();
    },
    active() {
      const going = faults.filter(({ left }) => left > 0);
      return going.map(({ fault: { kind }, left }) => (Number.isFinite(left) ? { kind, left } : { kind }));
    },
    strike(path, query) {
      const isStruck = ({ kind, match }: Fault<Kind>) => (match ? match(path, query) : isFor(kind, path));
      const found = faults.find(({ fault, left }) => left > 0 && isStruck(fault));
      if (!found) return undefined;
      found.left -= 1;
      return found.fault;
    },
  };
}
