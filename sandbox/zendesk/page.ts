import { type PageRequest, writeCursor } from "./cursor.ts";

/** One page of anything, with what lies around it. */
export interface Page<T> {
  items: T[];
  hasMore: boolean;
  /** Absent when nothing comes after, or before. */
  afterCursor?: string;
  beforeCursor?: string;
}

/**
 * Cuts one page. `ahead` walks on in the list's order from the request's cursor (or the start); `back` walks the other way.
 */
export function cutPage<T>(
  request: PageRequest,
  order: string,
  idOf: (item: T) => string,
  walk: { ahead: (after?: string) => Iterable<T>; back: (before: string) => Iterable<T> },
): Page<T> {
  const backwards = request.before !== undefined;
  const found = take(
    request.before === undefined ? walk.ahead(request.after) : walk.back(request.before),
    request.size + 1,
  );
  const hasMore = found.length > request.size;
  const items = hasMore ? found.slice(0, request.size) : found;
  if (backwards) items.reverse();
  const page: Page<T> = { items, hasMore };
  const first = items[0];
  const last = items.at(-1);
  const somethingAfter = backwards || hasMore;
  const somethingBefore = backwards ? hasMore : request.after !== undefined;
  if (last !== undefined && somethingAfter) page.afterCursor = writeCursor({ id: idOf(last), order });
  if (first !== undefined && somethingBefore) page.beforeCursor = writeCursor({ id: idOf(first), order });
  return page;
}

/** The host that links name. It is not the one that was asked: whoever follows links leaves the house, credentials in hand. */
export const LINKS_HOST = "pod-17.zendesk-sandbox.invalid:443";

/** `meta` and `links` as they come on the wire: keys are absent where there is nothing, brackets stay unencoded. */
export function envelopeOf<T>(page: Page<T>, path: string): Record<string, unknown> {
  const meta: Record<string, unknown> = { has_more: page.hasMore };
  if (page.afterCursor !== undefined) meta.after_cursor = page.afterCursor;
  if (page.beforeCursor !== undefined) meta.before_cursor = page.beforeCursor;
  const links = Object.fromEntries(linksAround(page, path));
  return Object.keys(links).length > 0 ? { meta, links } : { meta };
}

/** The same links once more as an HTTP header; no header where there are none. */
export function linksOf<T>(page: Page<T>, path: string): Record<string, string> {
  const links = linksAround(page, path).map(([rel, url]) => `<${url}>; rel="${rel}"`);
  return links.length > 0 ? { link: links.join(", ") } : {};
}

function linksAround<T>(page: Page<T>, path: string): [rel: "next" | "prev", url: string][] {
  const links: [rel: "next" | "prev", url: string][] = [];
  if (page.afterCursor !== undefined)
    links.push(["next", `https://${LINKS_HOST}${path}?page[after]=${page.afterCursor}`]);
  if (page.beforeCursor !== undefined)
    links.push(["prev", `https://${LINKS_HOST}${path}?page[before]=${page.beforeCursor}`]);
  return links;
}

function take<T>(items: Iterable<T>, count: number): T[] {
  const taken: T[] = [];
  for (const item of items) {
    taken.push(item);
    if (taken.length === count) break;
  }
  return taken;
}
