import { z } from "zod";
import type { Faults } from "../faults.ts";

/** One page of a list. An empty or missing token ends it. https://www.conductorone.com/docs/conductorone-api/pagination */
export interface Page<Row> {
  rows: Row[];
  /** Rows that could not be read: not an object, or without an id. */
  skippedRows: number;
  nextPageToken: string | undefined;
}

const MOST_PAGES = 5_000;
/** Filters may leave a page empty; so many in a row lead nowhere. */
const MOST_EMPTY_PAGES = 20;
/** Rows move from page to page while they are listed; so many pages of rows that were all seen before are a circle. */
const MOST_SEEN_PAGES = 20;

const token = z.string().min(1).optional().catch(undefined);
const anObject = z.looseObject({ nextPageToken: token, next_page_token: token });

/** A page from an answer such as `{"list":[…],"nextPageToken":"…"}`, whose list is null where it is empty. */
export function readPage<Row extends z.ZodType>(
  answer: unknown,
  keys: readonly string[],
  row: Row,
  faults: Faults,
): Page<z.infer<Row>> {
  const parsed = anObject.safeParse(answer);
  const list = keys.map((key) => parsed.data?.[key]).find((value) => value !== undefined && value !== null) ?? [];
  const isAnswer = parsed.success && (Object.keys(parsed.data).length === 0 || hasPageField(parsed.data, keys));
  if (!isAnswer || !Array.isArray(list)) throw faults.nonsense("answered without a list", JSON.stringify(answer));
  const rows = list.flatMap((entry) => {
    const read = row.safeParse(entry);
    return read.success ? [read.data] : [];
  });
  const nextPageToken = parsed.data.nextPageToken ?? parsed.data.next_page_token;
  return { rows, skippedRows: list.length - rows.length, nextPageToken };
}

/** Protobuf leaves out what is empty, so `{}` is an empty page; an object of other fields is something else. */
function hasPageField(answer: Record<string, unknown>, keys: readonly string[]): boolean {
  return [...keys, "nextPageToken", "next_page_token", "expanded"].some((key) => Object.hasOwn(answer, key));
}

/**
 * Follows the tokens from page to page. Throws an unexpected answer for a server that goes round in circles: the same token twice
 * has been seen on ConductorOne (https://github.com/ConductorOne/c1i), and tokens may be new where the rows are not.
 */
export async function* followPages<Row extends { id?: string | undefined }>(
  readAfter: (pageToken: string | undefined) => Promise<Page<Row>>,
  faults: Faults,
): AsyncGenerator<Page<Row>> {
  const seen = new Set<string>();
  const seenIds = new Set<string>();
  let after: string | undefined;
  let emptyPages = 0;
  let seenPages = 0;
  for (let pages = 1; ; pages += 1) {
    const page = await readAfter(after);
    yield page;
    after = page.nextPageToken;
    if (after === undefined) return;
    if (seen.has(after)) throw faults.nonsense("repeats a page token, so its list would never end");
    emptyPages = page.rows.length + page.skippedRows === 0 ? emptyPages + 1 : 0;
    if (emptyPages >= MOST_EMPTY_PAGES) throw faults.nonsense(`lists ${emptyPages} empty pages in a row`);
    seenPages = bringsNothingNew(page, seenIds) ? seenPages + 1 : 0;
    if (seenPages >= MOST_SEEN_PAGES)
      throw faults.nonsense(`lists ${seenPages} pages in a row with nothing new in them`);
    if (pages >= MOST_PAGES) throw faults.nonsense(`lists more than ${MOST_PAGES} pages`);
    seen.add(after);
  }
}

/** Whether every row was seen before, after which all of them have been. What bears no id may be new. */
function bringsNothingNew<Row extends { id?: string | undefined }>(
  { rows, skippedRows }: Page<Row>,
  seenIds: Set<string>,
): boolean {
  const before = seenIds.size;
  for (const { id } of rows) if (id !== undefined) seenIds.add(id);
  return rows.length > 0 && skippedRows === 0 && seenIds.size === before && rows.every(({ id }) => id !== undefined);
}
