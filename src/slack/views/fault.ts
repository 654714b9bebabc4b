import type { QueryFault } from "../../triage/parse-query.ts";
import { quoted, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { outsideMrkdwn } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import type { Message } from "./message.ts";

/** What was not understood, what was, and what works instead. All of it may quote what was typed. */
export function faultMessage({ what, understood, suggestion, example }: QueryFault): Message {
  const command = example.startsWith("/") ? example : `/hooks ${example}`;
  const lines: Leaf[][] = [[quoted(what, 500, { bold: true })]];
  if (understood) lines.push([words("Understood: "), quoted(understood, 300)]);
  if (suggestion) lines.push([quoted(suggestion, 300)]);
  lines.push([words("This works: "), quoted(command, 200, { code: true })]);
  return fitMessage({
    text: `${outsideMrkdwn(what, 300)} This works: ${outsideMrkdwn(command, 200)}`,
    most: 0,
    blocks: () => [richText(lines)],
  });
}
