import { z } from "zod";
import type { Faults } from "../faults.ts";

const anObject = z.looseObject({});

/** One object from an answer such as `{"webhook":{…}}`; `keys`: the names that it may have there. */
export function readField<Row extends z.ZodType>(
  answer: unknown,
  keys: readonly string[],
  row: Row,
  faults: Faults,
): z.infer<Row> {
  const fields = anObject.safeParse(answer).data ?? {};
  const read = row.safeParse(keys.map((key) => fields[key]).find((value) => value !== undefined && value !== null));
  if (!read.success) throw faults.nonsense(`answered without a ${keys[0]}`, JSON.stringify(answer));
  return read.data;
}
