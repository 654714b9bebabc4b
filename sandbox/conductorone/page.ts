import { seedOf } from "../provider/random.ts";
import { Refusal } from "./refusal.ts";

/** Floors, caps and what is taken for 0: https://www.conductorone.com/docs/conductorone-api/pagination */
const SMALLEST_PAGE = 10;
const LARGEST_PAGE = 100;
const USUAL_PAGE = 25;

export interface PageQuery {
  size: number | undefined;
  token: string | undefined;
}

export interface Page<T> {
  items: T[];
  /** Absent at the end. */
  nextToken?: string;
}

/** Whoever sends it back gets the first page again. */
export const LOOPING_TOKEN = Buffer.from("v1 loop").toString("base64");

/** A page of `all`, in their order. Tokens name the last item seen, so that new items do not shift pages. @throws Refusal 400 */
export function pageOf<T>(all: readonly T[], { size, token }: PageQuery, idOf: (item: T) => string): Page<T> {
  const start = !token || token === LOOPING_TOKEN ? 0 : positionAfter(all, token, idOf);
  const items = all.slice(start, start + sizeOf(size));
  const last = items.at(-1);
  if (last === undefined || start + items.length >= all.length) return { items };
  return { items, nextToken: tokenOf(idOf(last)) };
}

/** `nextPageToken` as protobuf's JSON has it: empty or absent at the end, which of both follows from the path. */
export function shownToken(nextToken: string | undefined, path: string): Record<string, string> {
  if (nextToken !== undefined) return { nextPageToken: nextToken };
  return seedOf(path) % 2 === 0 ? { nextPageToken: "" } : {};
}

/** A list with nothing in it is null, absent or empty. */
export function shownList(key: string, items: readonly unknown[], path: string): Record<string, unknown> {
  if (items.length > 0) return { [key]: items };
  return [{ [key]: null }, {}, { [key]: [] }][seedOf(path) % 3] ?? {};
}

function sizeOf(asked: number | undefined): number {
  if (asked === undefined || asked === 0) return USUAL_PAGE;
  return Math.min(Math.max(asked, SMALLEST_PAGE), LARGEST_PAGE);
}

function tokenOf(id: string): string {
  return Buffer.from(`v1 ${id}`).toString("base64");
}

function positionAfter<T>(all: readonly T[], token: string, idOf: (item: T) => string): number {
  const id = /^v1 (.+)$/.exec(Buffer.from(token, "base64").toString())?.[1];
  const position = all.findIndex((item) => idOf(item) === id);
  if (position === -1) throw new Refusal(3, "invalid page token");
  return position + 1;
}
