import { actions, button, quoted, richText, words } from "../blocks/build.ts";
import type { Leaf, MessageBlock } from "../blocks/types.ts";
import { encodeMore, MORE_ACTION, type MoreValue } from "../button-values.ts";
import { commandName } from "./frame.ts";
import type { Ask, Page } from "./message.ts";

/** Where a page of a long answer stands in the whole. */
export interface Extent extends Page {
  view: MoreValue["view"];
  asOf: Date;
  /** Items on this page. */
  shown: number;
  total: number;
  /** What the items are called: `issues`. */
  noun: string;
}

/** `Issues 1 to 5 of 12` with a More button, or how to narrow where the query is too long for a button. */
export function extentBlocks(extent: Extent, ask: Pick<Ask, "command" | "queryText">): MessageBlock[] {
  const { view, asOf, offset, shown, total, noun } = extent;
  const next = offset + shown;
  if (offset === 0 && next >= total) return [];
  const place: Leaf[] = [words(shown === 0 ? `No more ${noun}: there are ${total}.` : placeOf(extent))];
  if (next >= total) return [richText([place])];
  const value = shown === 0 ? undefined : encodeMore({ view, query: ask.queryText, asOf, offset: next });
  const more = button(MORE_ACTION, "More", value, `More ${noun}, from ${next + 1} on`);
  if (more) return [richText([place]), actions([more])];
  const example = `${commandName(ask)} ${view} webhook:"Jira sync" last 2h`;
  return [
    richText([
      place,
      [
        words(`${total - next} more not shown: your question is too long for a More button. `),
        words("Ask a shorter one, such as "),
        quoted(example, 120, { code: true }),
      ],
    ]),
  ];
}

function placeOf({ offset, shown, total, noun }: Extent): string {
  const capital = `${noun.slice(0, 1).toUpperCase()}${noun.slice(1)}`;
  const last = offset + shown;
  return shown === 1 ? `${capital}: number ${last} of ${total}` : `${capital} ${offset + 1} to ${last} of ${total}`;
}
