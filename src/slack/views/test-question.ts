import type { Button } from "@slack/types";
import type { Webhook } from "../../triage/model.ts";
import { providerName } from "../../triage/provider-name.ts";
import { receiverHost } from "../../triage/test-delivery.ts";
import { actions, button, quoted, richText, words } from "../blocks/build.ts";
import { fitMessage } from "../blocks/fit.ts";
import { isVisible, outsideMrkdwn, outsidePlain } from "../blocks/text.ts";
import type { Leaf } from "../blocks/types.ts";
import { encodeTest, TEST_ACTION, type TestValue } from "../button-values.ts";
import type { Message } from "./message.ts";
import { counted, NAME_LENGTH, webhookName } from "./phrases.ts";

/** Before a test delivery: what is asked of who asked for it, seen by them alone. */

const HOST_LENGTH = 120;
const ID_LENGTH = 80;
const COMMAND_LENGTH = 200;
const SHOWN = 10;

/** What would be sent where, and the button that sends it. `question` is of this message alone. */
export function testQuestionMessage(webhook: Webhook, question: Pick<TestValue, "nonce" | "askedAt">): Message {
  const name = webhookName(webhook);
  const send = sendButton(webhook, question);
  const lines: Leaf[][] = [
    [words("Send a test delivery to "), quoted(name, NAME_LENGTH, { bold: true }), words("?")],
    [
      quoted(providerName(webhook.provider), NAME_LENGTH),
      words(" sends one sample event to "),
      receiverOf(webhook),
      words("."),
    ],
    [words(AS_ANY_OTHER)],
    ...(send ? [] : [[words(TOO_LONG)]]),
  ];
  return fitMessage({
    text: `Send a test delivery to ${outsideMrkdwn(name, NAME_LENGTH)}? Nothing is sent until you press the button.`,
    most: 0,
    blocks: () => [richText(lines), ...(send ? [actions([send])] : [])],
  });
}

const AS_ANY_OTHER =
  "The receiver gets it like any other, so it may act on it. Nothing is sent until you press; it is sent once, and all in the channel see what came of it.";
const TOO_LONG = "Its id is too long for a button: send it in a terminal, with the command test.";

function sendButton(webhook: Webhook, { nonce, askedAt }: Pick<TestValue, "nonce" | "askedAt">): Button | undefined {
  const { provider, id: webhookId } = webhook;
  const name = outsidePlain(webhookName(webhook), 60);
  const send = button(
    TEST_ACTION,
    "Send test delivery",
    encodeTest({ provider, webhookId, nonce, askedAt }),
    `Send test delivery to ${outsidePlain(webhookName(webhook), 40)}`,
  );
  if (!send) return undefined;
  const host = outsidePlain(receiverHost(webhook) ?? "its receiver", HOST_LENGTH);
  return {
    ...send,
    style: "primary",
    confirm: {
      title: { type: "plain_text", text: "Send a test delivery?" },
      text: { type: "plain_text", text: `One sample event goes to ${host}, as ${name}.`, emoji: false },
      confirm: { type: "plain_text", text: "Send it" },
      deny: { type: "plain_text", text: "Do not send" },
    },
  };
}

/** Where several webhooks match: which they are, and how each is named alone. */
export function severalTargetsMessage(webhooks: readonly Webhook[], command: string): Message {
  const shown = webhooks.slice(0, SHOWN);
  const more = webhooks.length - shown.length;
  const text = `${counted(webhooks.length, "webhook", "webhooks")} match, and a test goes to one. Which one?`;
  const lines: Leaf[][] = [
    [words(text, { bold: true })],
    ...shown.map((webhook) => [
      words("• "),
      quoted(webhookName(webhook), NAME_LENGTH),
      words(" · "),
      quoted(providerName(webhook.provider), NAME_LENGTH),
      words(": "),
      quoted(`${command} test ${asTarget(webhook, webhooks)}`, COMMAND_LENGTH, { code: true }),
    ]),
    ...(more > 0 ? [[words(`and ${counted(more, "more", "more")}: type more of its name.`)]] : []),
  ];
  return fitMessage({ text, most: 0, blocks: () => [richText(lines)] });
}

/** Where what matches cannot be sent to, or by: why, and what to do; `mend` is empty where nobody can do anything. Nothing was sent. */
export function noTestMessage(told: string, mend: string): Message {
  return fitMessage({
    text: `Nothing was sent. ${outsideMrkdwn(told, 300)} ${outsideMrkdwn(mend, 300)}`.trim(),
    most: 0,
    blocks: () => [richText([[quoted(told, 500, { bold: true })], mend === "" ? [] : [quoted(mend, 500)]])],
  });
}

function receiverOf(webhook: Webhook): Leaf {
  const host = receiverHost(webhook);
  if (host !== undefined && isVisible(host)) return quoted(host, HOST_LENGTH, { code: true });
  return quoted(`its receiver, which ${providerName(webhook.provider)} does not tell`, HOST_LENGTH);
}

/** Its name, where that can be typed and is in no other's; else its id. */
function asTarget(webhook: Webhook, all: readonly Webhook[]): string {
  const name = webhook.name.toLowerCase();
  const isAlone = all.every((other) => other === webhook || !other.name.toLowerCase().includes(name));
  return isAlone && TYPED_NAME.test(webhook.name) ? `"${webhook.name}"` : `webhook:${asTerm(webhook.id)}`;
}

const TYPED_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9 _-]{0,58}[A-Za-z0-9])?$/;

/** As a value of a term can be typed. */
function asTerm(id: string): string {
  return /^[\w-]{1,80}$/.test(id) ? id : `"${id.slice(0, ID_LENGTH).replaceAll('"', "")}"`;
}
