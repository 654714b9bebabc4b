import { slackDate } from "./date.ts";
import { type RenderContext, safe } from "./text.ts";

/** https://docs.slack.dev/messaging/formatting-message-text: angle brackets are Slack's, `&amp; &lt; &gt;` stand for themselves. */
export function mrkdwn(text: string, context: RenderContext): string {
  return safe(text.replaceAll(/<([^<>\n]+)>/g, (_all, inner: string) => special(inner, context))).replaceAll(
    /&(amp|lt|gt);/g,
    (_all, name: string) => ({ amp: "&", lt: "<", gt: ">" })[name] ?? "",
  );
}

function special(inner: string, context: RenderContext): string {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : inner.slice(bar + 1);
  if (target.startsWith("!date^")) return date(target, label, context);
  if (target.startsWith("!subteam^")) return label ?? `@${target.slice("!subteam^".length)}`;
  if (target.startsWith("!")) return `@${target.slice(1)}`;
  if (target.startsWith("@")) return `@${context.nameOf?.(target.slice(1)) ?? label ?? target.slice(1)}`;
  if (target.startsWith("#")) return `#${context.nameOf?.(target.slice(1)) ?? label ?? target.slice(1)}`;
  return label === undefined || label === target ? target : `${label} (${target})`;
}

function date(target: string, fallback: string | undefined, context: RenderContext): string {
  const [, timestamp, format, link] = target.split("^");
  const shown = slackDate(Number(timestamp), format ?? "", context) ?? fallback ?? "";
  return link === undefined ? shown : `${shown} (${link})`;
}
