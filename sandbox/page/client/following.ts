import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/** What a list of messages does with the attention of its reader. */
export interface Following {
  list: RefObject<HTMLOListElement | null>;
  onScroll(): void;
}

interface Followed {
  /** The ts of what comes last. */
  last: string | undefined;
  /** Another one whenever a message of the list may have changed. */
  messages: unknown;
  /** How often one has done something that is answered. */
  acted: number;
}

/** Near enough to be there. In pixels. */
const NEAR = 60;

/**
 * Shows what comes last, a long message from its beginning. Who has scrolled elsewhere to read is left there, until they are back or
 * do something themselves: then the next line is shown to them.
 */
export function useFollowing({ last, messages, acted }: Followed): Following {
  const list = useRef<HTMLOListElement>(null);
  const isReading = useRef(false);
  const isAwaiting = useRef(false);
  const size = useRef("");
  const follow = () => {
    const [element, newest] = [list.current, list.current?.lastElementChild];
    if (!element || !newest || isReading.current) return;
    const first = withToldBefore(newest);
    const height = newest.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
    if (height > element.clientHeight) first.scrollIntoView({ block: "start" });
    else newest.scrollIntoView({ block: "end" });
  };
  useLayoutEffect(() => {
    isAwaiting.current = true;
  }, [acted]);
  useLayoutEffect(() => {
    if (isAwaiting.current) isReading.current = false;
    isAwaiting.current = false;
    follow();
  }, [last]);
  // A message that grows pushes what is below it out of sight.
  useLayoutEffect(follow, [messages]);
  useEffect(() => {
    if (list.current === null) return undefined;
    const observer = new ResizeObserver(() => {
      size.current = sizeOf(list.current);
      follow();
    });
    observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  const onScroll = () => {
    const [element, newest] = [list.current, list.current?.lastElementChild];
    // When a pane opens beside it the list is scrolled too, by nobody.
    if (!element || !newest || size.current !== sizeOf(element)) return;
    const toEnd = element.scrollHeight - element.scrollTop - element.clientHeight;
    const toBeginning = withToldBefore(newest).getBoundingClientRect().top - element.getBoundingClientRect().top;
    isReading.current = toEnd > NEAR && Math.abs(toBeginning) > NEAR;
    if (isReading.current) isAwaiting.current = false;
  };
  return { list, onScroll };
}

/** What was said right before it, such as that Slack refused what it stands in for, belongs to it. */
function withToldBefore(newest: Element): Element {
  let first = newest;
  while (first.previousElementSibling?.classList.contains("told")) first = first.previousElementSibling;
  return first;
}

function sizeOf(element: HTMLElement | null): string {
  return `${element?.clientWidth} ${element?.clientHeight}`;
}
