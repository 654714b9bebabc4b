import { useEffect, useRef, useState } from "preact/hooks";
import { isEscape } from "./keys.ts";

/** What can be opened beside or above the channel, by the ids of their elements. */
export const PANELS = { menu: "channels", story: "story", traffic: "inspector" } as const;
export type Panel = keyof typeof PANELS;

export interface Panels {
  open: ReadonlySet<Panel>;
  toggle(panel: Panel): void;
  /** @param next id of what has the focus then. */
  close(panel: Panel, next?: string): void;
  /** Closes the panel in which Escape was pressed. */
  onKeyDown(event: KeyboardEvent): void;
}

/**
 * Which are open. The focus goes into one that opens, and back to its button when Escape closes it.
 * @param covering those of which one at a time covers the screen.
 */
export function usePanels(atFirst: readonly Panel[], covering: readonly Panel[]): Panels {
  const [open, setOpen] = useState<ReadonlySet<Panel>>(() => new Set(atFirst));
  // What is covered cannot have the focus until all is drawn anew.
  const next = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (next.current !== undefined) document.getElementById(next.current)?.focus();
    next.current = undefined;
  }, [open]);
  const close = (panel: Panel, to?: string) => {
    next.current = to;
    setOpen(new Set([...open].filter((one) => one !== panel)));
  };
  return {
    open,
    close,
    toggle(panel) {
      if (open.has(panel)) return close(panel);
      next.current = PANELS[panel];
      const staying = [...open].filter((one) => !covering.includes(one) || !covering.includes(panel));
      setOpen(new Set([...staying, panel]));
    },
    onKeyDown(event) {
      const { target } = event;
      if (!isEscape(event) || !(target instanceof Element)) return;
      for (const panel of open) {
        if (target.closest(`#${PANELS[panel]}`) === null) continue;
        close(panel);
        toggleOf(panel)?.focus();
      }
    },
  };
}

/** Closes an open panel by its own button in the bar, which has the focus then. */
export function closeFromWithin(panel: Panel): void {
  const toggle = toggleOf(panel);
  toggle?.click();
  toggle?.focus();
}

function toggleOf(panel: Panel): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[aria-controls="${PANELS[panel]}"]`);
}

/** As in narrow.css: one thing at a time covers the screen. */
const NARROW = "(max-width: 820px)";
/** Too tight for a thread and the story at once. */
const TIGHT = "(max-width: 1300px)";

export function useScreen(): { isNarrow: boolean; isTight: boolean } {
  return { isNarrow: useMedia(NARROW), isTight: useMedia(TIGHT) };
}

function useMedia(query: string): boolean {
  const [isSo, setSo] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const look = () => setSo(list.matches);
    list.addEventListener("change", look);
    return () => list.removeEventListener("change", look);
  }, []);
  return isSo;
}
