import { z } from "zod";
import type { Faults } from "../faults.ts";
import type { Page } from "./paging.ts";
import { pageMeta } from "./schema.ts";

const anObject = z.looseObject({ meta: pageMeta });

/** A page of rows from an answer such as `{"webhooks":[…],"meta":{…}}`. Rows that make no sense are counted and left out. */
export function readPage<Row extends z.ZodType>(
  answer: unknown,
  key: string,
  row: Row,
  faults: Faults,
): Page<z.infer<Row>> {
  const parsed = anObject.safeParse(answer);
  const list = parsed.data?.[key];
  if (!parsed.success || !Array.isArray(list))
    throw faults.nonsense(`answered without a list of ${key}`, excerptOf(answer));
  const rows = list.flatMap((entry) => {
    const read = row.safeParse(entry);
    return read.success ? [read.data] : [];
  });
  const { has_more: hasMore, after_cursor: afterCursor, before_cursor: beforeCursor } = parsed.data.meta ?? {};
  return {
    rows,
    skippedRows: list.length - rows.length,
    hasMore: hasMore ?? afterCursor !== undefined,
    afterCursor,
    beforeCursor,
  };
}

/** One object from an answer such as `{"webhook":{…}}`. */
export function readField<Row extends z.ZodType>(answer: unknown, key: string, row: Row, faults: Faults): z.infer<Row> {
  const parsed = anObject.safeParse(answer);
  const read = row.safeParse(parsed.data?.[key]);
  if (!read.success) throw faults.nonsense(`answered without a ${key}`, excerptOf(answer));
  return read.data;
}

function excerptOf(answer: unknown): string {
  return JSON.stringify(answer) ?? "";
}
