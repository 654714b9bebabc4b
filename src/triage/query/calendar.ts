const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;

/** Whether a word has the form of an ISO date, be it in the calendar or not. */
export function looksLikeDate(text: string): boolean {
  return DATE.test(text);
}

/** The local day, as `localDay` names it, of an ISO date. `undefined` where the calendar has none such. */
export function readDate(text: string): number | undefined {
  const [, year, month, day] = DATE.exec(text) ?? [];
  return year === undefined ? undefined : dayOf(Number(year), Number(month), Number(day));
}

/** The local day, as `localDay` names it. `undefined` where the calendar has none such. `month` counts from 1. */
export function dayOf(year: number, month: number, dayOfMonth: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, dayOfMonth);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === dayOfMonth ? date.getTime() : undefined;
}
