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

/** Which are open. The focus goes into one that opens, and back to its button when Escape closes it. */
export function usePanels(atFirst: readonly Panel[]): Panels {
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
      setOpen(new Set([...open, panel]));
    },
    onKeyDown(event) {
      const { target } = event;
      if (!isEscape(event) || !(target instanceof Element)) return;
      for (const panel of open) {
        if (target.closest(`#${PANELS[panel]}`) === null) continue;
        close(panel);
        document.querySelector<HTMLElement>(`[aria-controls="${PANELS[panel]}"]`)?.focus();
      }
    },
  };
}

/** As in narrow.css: one thing at a time covers the screen. */
const NARROW = "(max-width: 820px)";

export function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const look = () => setNarrow(query.matches);
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, []);
  return isNarrow;
}
