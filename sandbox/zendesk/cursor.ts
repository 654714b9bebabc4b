import { Refusal } from "./refusal.ts";

/** Where a page ends or begins. On the wire it is opaque: base64 of an id and the order it was made for. */
export interface Cursor {
  id: string;
  order: string;
}

export function writeCursor({ id, order }: Cursor): string {
  return Buffer.from(`${id},${order}`).toString("base64");
}

/** @throws Refusal (400) for what is no cursor, or one made for another order. */
export function readCursor(text: string, order: string): string {
  const [id, madeFor] = Buffer.from(text, "base64").toString("latin1").split(",");
  if (id === undefined || !/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id) || madeFor !== order) {
    throw new Refusal(400, { error: "InvalidCursor", description: "The page cursor is not valid for this list" });
  }
  return id;
}

/** What every paged list accepts. */
export interface PageRequest {
  size: number;
  /** Ids, read out of the cursors; never both. */
  after?: string;
  before?: string;
}

const MAX_PAGE_SIZE = 100;

/** @throws Refusal (400) for a size out of 1 to 100, a bad cursor, or both cursors at once. */
export function readPageRequest(query: URLSearchParams, order: string): PageRequest {
  const after = query.get("page[after]");
  const before = query.get("page[before]");
  if (after !== null && before !== null) {
    throw new Refusal(400, {
      error: "InvalidPaginationParameter",
      description: "page[after] and page[before] cannot be used together",
    });
  }
  const request: PageRequest = { size: readSize(query.get("page[size]")) };
  if (after !== null) request.after = readCursor(after, order);
  if (before !== null) request.before = readCursor(before, order);
  return request;
}

function readSize(text: string | null): number {
  if (text === null) return MAX_PAGE_SIZE;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1) {
    throw new Refusal(400, {
      error: "InvalidPaginationParameter",
      description: "page[size] must be a whole number from 1",
    });
  }
  if (size > MAX_PAGE_SIZE) {
    throw new Refusal(400, {
      error: "TooManyValues",
      description: `page[size] must be at most ${MAX_PAGE_SIZE}`,
      max_count: MAX_PAGE_SIZE,
    });
  }
  return size;
}
