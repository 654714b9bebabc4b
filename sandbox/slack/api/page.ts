import { ApiError, type Args } from "./call.ts";

interface Page<Item> {
  items: Item[];
  /** What the answer says about the next page. */
  more: Record<string, unknown>;
}

/** https://docs.slack.dev/apis/web-api/pagination: a `limit`, and an opaque cursor. */
export function page<Item>(all: readonly Item[], args: Args, fallback: number): Page<Item> {
  const limit = args.number("limit", fallback);
  if (limit < 1 || limit > 1000) throw new ApiError("invalid_limit");
  const start = startOf(args.text("cursor") ?? "");
  const items = all.slice(start, start + limit);
  const next = start + limit < all.length ? Buffer.from(`next:${start + limit}`).toString("base64") : "";
  return { items, more: { has_more: next !== "", response_metadata: { next_cursor: next } } };
}

function startOf(cursor: string): number {
  if (cursor === "") return 0;
  const match = /^next:(\d+)$/.exec(Buffer.from(cursor, "base64").toString());
  if (match === null) throw new ApiError("invalid_cursor");
  return Number(match[1]);
}
