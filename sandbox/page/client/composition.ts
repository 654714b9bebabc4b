import { type ComponentChild, h } from "preact";
import type { Json } from "../wire.ts";
import { isRecord, safeUrl, textOf, word } from "./fields.ts";
import { mrkdwn, type Reader } from "./mrkdwn.ts";

/** What blocks are composed of: https://docs.slack.dev/reference/block-kit/composition-objects */

/** A text object, be it plain or mrkdwn. */
export function anyText(text: unknown, reader: Reader): ComponentChild {
  if (!isRecord(text)) return null;
  return text.type === "mrkdwn" ? mrkdwn(word(text.text), reader) : textOf(text);
}

/** An image, from a URL or of Slack's own files. */
export function picture({ image_url, slack_file, alt_text }: Json): ComponentChild {
  const src =
    safeUrl(image_url) ?? (isRecord(slack_file) ? `/page/files/${encodeURIComponent(word(slack_file.id))}` : undefined);
  if (src === undefined) return h("mark", null, `(no picture: ${word(alt_text)})`);
  return h("img", { src, alt: word(alt_text), loading: "lazy" });
}
