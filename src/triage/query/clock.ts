const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const CLOCK = /^(\d{1,2})(?:[:.](\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)? ?(am|pm|a\.m\.|p\.m\.)?$/;
const NAMED: Record<string, number> = { noon: 12 * HOUR_MS, midnight: 0 };

/** Milliseconds since midnight for a time of day such as 9, 9am, 9.30, 14:00 or noon, in lower case. `undefined` for all else. */
export function readClock(text: string): number | undefined {
  if (Object.hasOwn(NAMED, text)) return NAMED[text];
  const [, hours, minutes = "0", seconds = "0", fraction = "", half] = CLOCK.exec(text) ?? [];
  if (hours === undefined) return undefined;
  const hour = hourOfDay(Number(hours), half?.[0]);
  if (hour === undefined || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return hour * HOUR_MS + Number(minutes) * MINUTE_MS + Number(seconds) * 1000 + Number(fraction.padEnd(3, "0"));
}

/** Whether a word can only be meant as a time of day, right or wrong: 9am, 14:00, 25:00, but not 9. */
export function looksLikeClock(word: string): boolean {
  return /^\d{1,2}(?:[:.]\d{2})?(?:am|pm)$|^\d{1,2}:\d{2}(?::\d{2})?$/.test(word);
}

/** 12am is midnight and 12pm noon. */
function hourOfDay(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour <= 23 ? hour : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === "p" ? 12 : 0);
}
