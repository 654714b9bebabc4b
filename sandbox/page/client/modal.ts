import { type ComponentChild, h } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Filled, Json, Notice, Refused, Scene, ShownView } from "../wire.ts";
import { Blocks, inputId } from "./blocks.ts";
import { Dialog } from "./dialog.ts";
import type { Surface } from "./elements.ts";
import { isRecord, records, textOf, word } from "./fields.ts";
import type { Page } from "./page.ts";
import { Guarded } from "./raw.ts";
import { surfaceOf } from "./surface.ts";
import { toldLines } from "./told.ts";

/** The modal on top of the stack. */
export function Modal({ page, scene, view }: { page: Page; scene: Scene; view: ShownView }): ComponentChild {
  const { content } = view;
  const blocks = records(content.blocks);
  const fill = useRef<Record<string, Filled>>({});
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [isSending, setSending] = useState(false);
  const before = useRef(page.model.told.map(({ key }) => key));
  const isOfIt = ({ channel, key }: Notice | Refused) => channel === undefined && !before.current.includes(key);
  const told = toldLines(page, page.model.told.filter(isOfIt));
  const close = () => void page.act({ act: "close" });
  const surface: Surface = {
    ...surfaceOf(scene, view.id, (blockId, element, value) => {
      void page.act({ act: "press_in_view", viewId: view.id, blockId, actionId: word(element.action_id), value });
    }),
    errors: { ...view.errors, ...missing },
    onFill(blockId, value) {
      fill.current[blockId] = value;
    },
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    const found = missingIn(blocks, fill.current);
    setMissing(found);
    const [first] = Object.keys(found);
    if (first !== undefined) return document.getElementById(inputId(view.id, first))?.focus();
    setSending(true);
    await page.act({ act: "submit", viewId: view.id, fill: fill.current });
    setSending(false);
  };
  const submitText = textOf(content.submit);
  return h(Dialog, { labelledBy: "modal-title", class: "modal", onCancel: close }, [
    h("form", { onSubmit: submit, noValidate: true }, [
      h(
        "header",
        null,
        h("h2", { id: "modal-title" }, textOf(content.title)),
        h("button", { type: "button", class: "button icon", "aria-label": "Close", onClick: close }, "×"),
      ),
      h("div", { class: "modal-body" }, [
        told.length === 0
          ? null
          : h(
              "ul",
              null,
              told.map(({ shown }) => shown),
            ),
        h(Guarded, { what: "A form", value: view }, h(Blocks, { blocks, surface })),
      ]),
      h("footer", null, [
        h(
          "button",
          { type: "button", class: "button", onClick: close },
          textOf(content.close) || (view.previousId === undefined ? "Close" : "Back"),
        ),
        submitText === ""
          ? null
          : h(
              "button",
              { type: "submit", class: "button primary", disabled: isSending || content.submit_disabled === true },
              submitText,
            ),
      ]),
    ]),
  ]);
}

/** What Slack's client says before it sends a form, by block id. */
function missingIn(blocks: Json[], fill: Readonly<Record<string, Filled>>): Record<string, string> {
  const missing: Record<string, string> = {};
  for (const { type, block_id, optional, element } of blocks) {
    const blockId = word(block_id);
    if (type !== "input" || optional === true || !isRecord(element)) continue;
    const value = fill[blockId];
    const isEmpty = value === undefined ? !hasInitial(element) : value.length === 0;
    if (isEmpty) missing[blockId] = "Please complete this required field.";
  }
  return missing;
}

function hasInitial(element: Json): boolean {
  return Object.entries(element).some(
    ([key, value]) => key.startsWith("initial_") && value !== "" && value !== undefined,
  );
}
