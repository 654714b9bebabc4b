import type { Truth } from "../../sandbox/provider/truth.ts";
import type { Clock } from "../../src/providers/clock.ts";
import type { AllSettings } from "../../src/providers/registry.ts";
import type { Window } from "../../src/triage/window.ts";
import type { Line, RequestCounts } from "./line.ts";
import { type Marks, toldByReading } from "./marks.ts";

/** An account to be read, as it stands at the window's end. Each contestant gets a new one, the same to the byte. */
export interface Account {
  time: Clock;
  line: Line;
  settings: Partial<AllSettings>;
  window: Window;
  truth: Pick<Truth, "webhooks">;
  close(): Promise<void>;
}

/** Reads an account until nothing is unknown. */
export type Contestant = (account: Account) => Promise<Reading>;

/** What a contestant has read, and when. Milliseconds of the virtual clock since it began. */
export interface Reading {
  requests: RequestCounts;
  marks: Marks;
  /** When half of the failures were known, each with its true cause. Absent where that never was. */
  usefulMs?: number | undefined;
  completeMs: number;
  later?: LaterPoll;
}

/** The same question again, some minutes later. */
export interface LaterPoll {
  /** Webhooks that had to be asked for news. */
  due: number;
  requests: RequestCounts;
}

export interface Notes {
  /** The attempts of this failed invocation were read. */
  read(invocationId: string): void;
  /** When half of what failed had been read. */
  readonly usefulMs: number | undefined;
  told(): ReturnType<typeof toldByReading>;
}

/** What a loop has read: whatever it reads, it understands. */
export function takeNotes({ time, truth, window }: Account): Notes {
  const failed = new Set([...truth.webhooks.values()].flatMap((webhook) => webhook.failed));
  const read = new Set<string>();
  let usefulMs: number | undefined;
  return {
    read(id) {
      if (!failed.has(id)) return;
      read.add(id);
      if (read.size * 2 >= failed.size) usefulMs ??= time.now().getTime() - window.to.getTime();
    },
    get usefulMs() {
      return usefulMs;
    },
    told: () => toldByReading(truth, read),
  };
}
