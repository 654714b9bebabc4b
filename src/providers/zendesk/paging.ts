import type { Faults } from "../faults.ts";

/** One page of a list, with what is needed for the next. https://developer.zendesk.com/api-reference/introduction/pagination/ */
export interface Page<Row> {
  rows: Row[];
  /** Rows that could not be read: not an object, or without an id. */
  skippedRows: number;
  hasMore: boolean;
  afterCursor?: string;
  beforeCursor?: string;
}

const MOST_PAGES = 10_000;
const MOST_EMPTY_PAGES_IN_A_ROW = 3;
/** One may be a list that grew by a whole page meanwhile. */
const MOST_REPEATED_PAGES_IN_A_ROW = 3;

/**
 * Follows `after_cursor` from page to page. The next request is built from the cursor alone: `links` may name another host.
 * Throws an unexpected answer for a server that goes round in circles.
 */
export async function* followPages<Row>(
  readPage: (after: string | undefined) => Promise<Page<Row>>,
  faults: Faults,
): AsyncGenerator<Page<Row>> {
  const seen = new Set<string>();
  let after: string | undefined;
  let emptyInARow = 0;
  let repeatedInARow = 0;
  let lastRows = "";
  for (let pages = 1; ; pages += 1) {
    const page = await readPage(after);
    yield page;
    if (!page.hasMore) return;
    emptyInARow = page.rows.length + page.skippedRows === 0 ? emptyInARow + 1 : 0;
    const rows = JSON.stringify(page.rows);
    repeatedInARow = rows === lastRows && page.rows.length > 0 ? repeatedInARow + 1 : 0;
    lastRows = rows;
    after = page.afterCursor;
    if (after === undefined) throw faults.nonsense("says that there are more pages and gives no cursor for them");
    if (seen.has(after)) throw faults.nonsense("repeats a page cursor, so its list would never end");
    if (emptyInARow > MOST_EMPTY_PAGES_IN_A_ROW)
      throw faults.nonsense("answers with empty pages and says that there are more");
    if (repeatedInARow > MOST_REPEATED_PAGES_IN_A_ROW)
      throw faults.nonsense("repeats a page under one cursor after the other, so its list would never end");
    if (pages >= MOST_PAGES) throw faults.nonsense(`lists more than ${MOST_PAGES} pages`);
    seen.add(after);
  }
}
