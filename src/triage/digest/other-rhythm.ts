/** What people call a rhythm in which no digest comes: hourly, every 2 hours, every other week, monthly. */
export const ONE_WORD_RHYTHMS = ["annually", "biweekly", "fortnightly", "hourly", "monthly", "quarterly", "yearly"];

export const WEEKENDS = ["weekend", "weekends"];

const UNIT = /^(?:minute|min|hour|hr|weekend|fortnight|month|quarter|year)s?$/;
const COUNT = /^(?:\d+|other|second|2nd|two|three|four|few)$/;
const COUNTED = /^(?:second|day|weekday|week|sunday|monday|tuesday|wednesday|thursday|friday|saturday)s?$/;
const SHORT = /^\d+(?:m|mins?|h|hrs?|d|w)$/;

/** How many of the words, as typed in lower case, name such a rhythm; 0 when they do not begin with one. */
export function otherRhythm([word = "", next = "", unit = ""]: readonly string[]): number {
  if (ONE_WORD_RHYTHMS.includes(word) || WEEKENDS.includes(word)) return 1;
  if (word === "on" && WEEKENDS.includes(next)) return 2;
  if (word !== "every" && word !== "each") return 0;
  if (UNIT.test(next) || SHORT.test(next)) return 2;
  return COUNT.test(next) && (UNIT.test(unit) || COUNTED.test(unit)) ? 3 : 0;
}
