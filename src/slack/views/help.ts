import { context, header, richText, words } from "../blocks/build.ts";
import type { Leaf } from "../blocks/types.ts";
import type { Message } from "./message.ts";

/** What can be typed, with what it is for. */
export const SUBCOMMANDS = [
  ["/hooks", "what is failing now"],
  ["/hooks failures last 24h", "issues, worst first, each with what to do next"],
  ["/hooks invocations code:5xx since 9am", "failed invocations one by one, newest first"],
  ["/hooks invocation <id>", "one invocation"],
  ["/hooks webhooks", "webhooks and their health"],
  ["/hooks test jira", "sends one webhook a test delivery, once you have confirmed it"],
  ["/hooks digest daily at 09:00 weekdays", "what failed, posted here when it is due"],
  ["/hooks digest", "this channel's digests; also digest now, preview, off"],
  ["/hooks status", "whether the providers can be read, and how much of their request budgets is used"],
] as const;

const TERMS = [
  "jira",
  'webhook:"Jira sync"',
  "provider:zendesk",
  "status:terminated",
  "code:5xx",
  "event:ticket.*",
  "cause:timeout",
  "-code:404",
] as const;

const TIMES = [
  "last 24h",
  "last 7 days",
  "since 9am",
  "yesterday",
  "this morning",
  "2026-11-20",
  "from 2026-11-19 14:00 to 2026-11-20 09:00",
] as const;

/** What can be asked, by example. */
export function helpMessage(): Message {
  return {
    text: "Ask which webhooks fail: /hooks failures last 24h. One by one: /hooks invocations. Also: /hooks webhooks, /hooks digest, /hooks status.",
    blocks: [
      header("Which webhooks fail, and why"),
      richText(SUBCOMMANDS.map(([command, meaning]) => [words(command, { code: true }), words(` – ${meaning}`)])),
      richText([
        [words("Narrow it", { bold: true }), words(" with words of the webhook's name and with terms:")],
        inARow(TERMS),
      ]),
      richText([[words("Say when", { bold: true }), words(", anywhere in the line:")], inARow(TIMES)]),
      context([
        {
          mrkdwn:
            "Times are read in your Slack time zone. Attempts shows what the receiver answered, Why grouped? what makes failures one issue.",
        },
      ]),
    ],
  };
}

function inARow(examples: readonly string[]): Leaf[] {
  return examples.flatMap((example, index) =>
    index === 0 ? [words(example, { code: true })] : [words("  "), words(example, { code: true })],
  );
}
