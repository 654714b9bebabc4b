/** An absolute time range. */
export interface Window {
  /** Inclusive. */
  from: Date;
  /** Exclusive. */
  to: Date;
}

export function windowOf(fromMs: number, toMs: number): Window {
  return { from: new Date(fromMs), to: new Date(toMs) };
}

export function isEmpty(window: Window): boolean {
  return window.from.getTime() >= window.to.getTime();
}

export function contains(window: Window, at: Date): boolean {
  return window.from.getTime() <= at.getTime() && at.getTime() < window.to.getTime();
}

/** The part that both share; empty windows are `undefined`. */
export function intersect(a: Window, b: Window): Window | undefined {
  const shared = windowOf(Math.max(a.from.getTime(), b.from.getTime()), Math.min(a.to.getTime(), b.to.getTime()));
  return isEmpty(shared) ? undefined : shared;
}

/** Sorted, without empty parts, touching and overlapping parts made one. */
export function merge(windows: readonly Window[]): Window[] {
  const sorted = windows.filter((window) => !isEmpty(window)).sort((a, b) => a.from.getTime() - b.from.getTime());
  const merged: Window[] = [];
  for (const window of sorted) {
    const last = merged.at(-1);
    if (last && window.from.getTime() <= last.to.getTime()) {
      if (window.to.getTime() > last.to.getTime()) last.to = window.to;
    } else {
      merged.push({ from: window.from, to: window.to });
    }
  }
  return merged;
}

/** What is left of `window` when every part in `taken` is cut out, oldest first. */
export function subtract(window: Window, taken: readonly Window[]): Window[] {
  const left: Window[] = [];
  let fromMs = window.from.getTime();
  for (const part of merge(taken)) {
    if (part.to.getTime() <= fromMs) continue;
    if (part.from.getTime() >= window.to.getTime()) break;
    if (part.from.getTime() > fromMs) left.push(windowOf(fromMs, part.from.getTime()));
    fromMs = Math.max(fromMs, part.to.getTime());
  }
  if (fromMs < window.to.getTime()) left.push(windowOf(fromMs, window.to.getTime()));
  return left;
}
