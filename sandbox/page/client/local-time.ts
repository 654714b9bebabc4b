/** Local time as the browser's own field writes it, `2026-11-19T09:12`. @param seconds of the epoch. */
export function localTime(seconds: number, timeZone: string): string {
  const at = new Date(seconds * 1000);
  const parts = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
  // Swedes write dates as ISO 8601 does.
  return new Intl.DateTimeFormat("sv-SE", { timeZone, ...parts }).format(at).replace(" ", "T");
}

/** Seconds of the epoch at which a clock in that zone says so; `undefined` for what is no time. */
export function secondsAt(local: string, timeZone: string): number | undefined {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const offsetMs = (atMs: number) => Date.parse(`${localTime(Math.floor(atMs / 1000), timeZone)}Z`) - atMs;
  // The second look counts where the clocks change in between.
  const nearMs = asUtc - offsetMs(asUtc);
  return Math.floor((asUtc - offsetMs(nearMs)) / 1000);
}
