/** In milliseconds of one clock; `lifeMs` where Slack told how long it keeps the connection. */
export interface Aged {
  bornMs: number;
  lifeMs: number | undefined;
}

/**
 * When a younger connection should join these, the oldest first; `undefined` when none need, or more than `wanted` stand already.
 * Connections of one age are sent away at one moment: at half their life a younger one joins them, and outlives them.
 */
export function youngerOneAtMs(standing: readonly Aged[], wanted: number): number | undefined {
  const [oldest, ...rest] = standing;
  const youngest = rest.at(-1);
  if (!oldest || !youngest || oldest.lifeMs === undefined || standing.length > wanted) return undefined;
  if (youngest.bornMs - oldest.bornMs >= oldest.lifeMs / 4) return undefined;
  return oldest.bornMs + oldest.lifeMs / 2;
}
