import type { TrafficLine } from "../wire.ts";

/** Of what passes from one to another so much is kept: a bot that asks one provider all day does not push out the rest. */
export const MOST_OF_A_PAIR = 300;

/** Index of the line that makes room for this one; -1 where there is room. */
export function outgoing(lines: readonly TrafficLine[], { from, to }: Pick<TrafficLine, "from" | "to">): number {
  const isAlike = (line: TrafficLine) => line.from === from && line.to === to;
  return lines.filter(isAlike).length < MOST_OF_A_PAIR ? -1 : lines.findIndex(isAlike);
}

/** What a row says, from left to right. */
export function rowOf({ at, from, to, what, answer, durationMs }: TrafficLine, timeZone: string) {
  return {
    time: new Date(at).toLocaleTimeString("en-GB", { timeZone }),
    way: `${from} → ${to}`,
    what,
    answer,
    took: durationMs === undefined ? "" : `${Math.round(durationMs)} ms`,
  };
}

/** Whether the row shows these words, one after another. */
export function shows(line: TrafficLine, words: string, timeZone: string): boolean {
  const row = Object.values(rowOf(line, timeZone)).join(" ").toLowerCase();
  return row.includes(words.trim().toLowerCase());
}
