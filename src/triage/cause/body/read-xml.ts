import { Parser } from "htmlparser2";
import { feed } from "./feed.ts";
import type { BodyField } from "./read-body.ts";

const MOST_FIELDS = 200;
const LONGEST_VALUE = 600;
const DEEPEST = 30;
const DEEPEST_READ = 300;

/** The leaves of an XML document by the names of their elements, without prefixes; cut and broken ones too. */
export function readXml(text: string): BodyField[] {
  const fields: BodyField[] = [];
  const path: string[] = [];
  let depth = 0;
  let value = "";

  function endValue(): void {
    const told = value.slice(0, LONGEST_VALUE).replace(/\s+/g, " ").trim();
    if (told !== "" && fields.length < MOST_FIELDS) fields.push({ path: path.join("."), value: told });
    value = "";
  }

  const parser = new Parser(
    {
      onopentagname(name) {
        endValue();
        depth += 1;
        if (depth <= DEEPEST) path.push(name.slice(name.indexOf(":") + 1));
      },
      onclosetag() {
        endValue();
        if (depth <= DEEPEST) path.pop();
        depth -= 1;
      },
      ontext(part) {
        if (value.length < LONGEST_VALUE) value += part;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  feed(parser, text, () => depth > DEEPEST_READ || fields.length >= MOST_FIELDS);
  return fields;
}
