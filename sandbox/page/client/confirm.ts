import { type ComponentChild, h } from "preact";
import type { Json } from "../wire.ts";
import { anyText } from "./composition.ts";
import { Dialog } from "./dialog.ts";
import { textOf, word } from "./fields.ts";
import type { Reader } from "./mrkdwn.ts";

interface ConfirmParts {
  confirm: Json;
  reader: Reader;
  onAnswer(isYes: boolean): void;
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export function Confirm({ confirm, reader, onAnswer }: ConfirmParts): ComponentChild {
  const { text, style } = confirm;
  return h(Dialog, { labelledBy: "confirm-title", class: "modal small", onCancel: () => onAnswer(false) }, [
    h("h2", { id: "confirm-title" }, textOf(confirm.title)),
    h("p", null, anyText(text, reader)),
    h("footer", null, [
      h(
        "button",
        { type: "button", class: "button", onClick: () => onAnswer(false) },
        textOf(confirm.deny) || "Cancel",
      ),
      h(
        "button",
        { type: "button", class: `button ${word(style) || "primary"}`, onClick: () => onAnswer(true) },
        textOf(confirm.confirm) || "Yes",
      ),
    ]),
  ]);
}
