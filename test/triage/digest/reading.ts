import { type DigestContext, parseDigest } from "../../../src/triage/digest/parse-digest.ts";
import { formatSchedule } from "../../../src/triage/digest/schedule.ts";

export const CONTEXT: DigestContext = {
  now: new Date("2026-11-21T11:00:00Z"),
  timeZone: "Europe/Berlin",
  providers: ["zendesk", "conductorone"],
};

/** The digest that was understood, as it can be typed; without the zone where that is the asker's. */
export function understood(text: string, context: Partial<DigestContext> = {}): string {
  const parsed = parseDigest(text, { ...CONTEXT, ...context });
  if (!parsed.ok) throw new Error(parsed.fault.what);
  if (parsed.command.kind !== "subscribe") throw new Error(`That was ${parsed.command.kind}.`);
  const { schedule, terms, allClear } = parsed.command.wish;
  const typed = formatSchedule(schedule).replace(" in Europe/Berlin", "");
  return [typed, terms, allClear === "line" ? "" : `all-clear:${allClear}`].filter((part) => part !== "").join(" ");
}

/** What a person sees of a text that was not understood. */
export function seen(text: string): { fault: string; understood: string; example: string } {
  const parsed = parseDigest(text, CONTEXT);
  if (parsed.ok) throw new Error("That was understood.");
  const { what, suggestion, understood = "", example } = parsed.fault;
  return { fault: [what, suggestion].filter(Boolean).join(" "), understood, example };
}
