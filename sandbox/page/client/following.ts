import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** What a list of messages does with the attention of its reader. */
export interface Following {
  list: RefObject<HTMLOListElement | null>;
  handlers: Record<string, (event: Event) => void>;
}

/** Near enough to the end to be there. In pixels. */
const AT_END = 60;

/**
 * Shows what comes last, a long message from its beginning. Who has scrolled up to read is left where they are, until they are back at
 * the end or type something themselves.
 */
export function useFollowing(last: string | undefined, typed: number): Following {
  const list = useRef<HTMLOListElement>(null);
  const isReading = useRef(false);
  useLayoutEffect(() => {
    isReading.current = false;
  }, [typed]);
  useLayoutEffect(() => {
    const element = list.current;
    const newest = element?.lastElementChild;
    if (element === null || !newest || isReading.current) return;
    newest.scrollIntoView({ block: newest.clientHeight > element.clientHeight ? "start" : "end" });
  }, [last, typed]);
  const read = () => {
    isReading.current = true;
  };
  const onScroll = () => {
    const element = list.current;
    if (element === null) return;
    if (element.scrollHeight - element.scrollTop - element.clientHeight < AT_END) isReading.current = false;
  };
  return { list, handlers: { onWheel: read, onTouchMove: read, onPointerDown: read, onKeyDown: read, onScroll } };
}
