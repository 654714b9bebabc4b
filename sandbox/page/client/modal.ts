import { type ComponentChild, h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PersonAct, Scene, ShownView } from "../wire.ts";
import { Blocks, inputId } from "./blocks.ts";
import { Dialog } from "./dialog.ts";
import { records, textOf, word } from "./fields.ts";
import type { Page } from "./page.ts";
import { Guarded } from "./raw.ts";
import { viewSurface } from "./surface.ts";
import { toldLines } from "./told.ts";
import { wrongIn } from "./validity.ts";

/** The modal on top of the stack. */
export function Modal({ page, scene, view }: { page: Page; scene: Scene; view: ShownView }): ComponentChild {
  const { content } = view;
  const blocks = records(content.blocks);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [trouble, setTrouble] = useState<string | undefined>();
  const [isSending, setSending] = useState(false);
  const isAnswerDue = useRef(false);
  const focusOn = (blockId: string) => document.getElementById(inputId(view.id, blockId))?.focus();
  // What the app finds wrong is shown first where it begins.
  useEffect(() => {
    const first = blocks.map(({ block_id }) => word(block_id)).find((blockId) => view.errors[blockId] !== undefined);
    if (!isAnswerDue.current || first === undefined) return;
    isAnswerDue.current = false;
    focusOn(first);
  }, [view.errors]);
  // What is told while it is open stands in it: all else is behind it.
  const before = useRef(page.model.told.map(({ key }) => key));
  const told = toldLines(
    page,
    page.model.told.filter(({ key }) => !before.current.includes(key)),
  );
  const act = async (one: PersonAct) => {
    const error = await page.attempt(one);
    if (page.model.scene?.stack.at(-1)?.id === view.id) setTrouble(error);
    else page.show({ trouble: error });
  };
  const surface = viewSurface(page, scene, view, act);
  const fill = surface.filled;
  const close = (isWhole: boolean) => void act({ act: "close", isWhole, fill });
  const submit = async (event: Event) => {
    event.preventDefault();
    if (isSending) return;
    const found = wrongIn(blocks, view.id, fill);
    setWrong(found);
    const [first] = Object.keys(found);
    if (first !== undefined) return focusOn(first);
    isAnswerDue.current = true;
    setSending(true);
    await act({ act: "submit", viewId: view.id, fill });
    setSending(false);
  };
  const submitText = textOf(content.submit);
  return h(Dialog, { labelledBy: "modal-title", class: "modal", onCancel: () => close(false) }, [
    h("form", { onSubmit: submit, noValidate: true }, [
      h(
        "header",
        null,
        h("h2", { id: "modal-title" }, textOf(content.title)),
        h("button", { type: "button", class: "button icon", "aria-label": "Close", onClick: () => close(true) }, "×"),
      ),
      h("div", { class: "modal-body" }, [
        trouble === undefined ? null : h("p", { class: "error", role: "alert" }, trouble),
        told.length === 0
          ? null
          : h(
              "ul",
              null,
              told.map(({ shown }) => shown),
            ),
        h(
          Guarded,
          { what: "A form", value: view },
          h(Blocks, { blocks, surface: { ...surface, errors: { ...view.errors, ...wrong } } }),
        ),
      ]),
      h("footer", null, [
        h(
          "button",
          { type: "button", class: "button", onClick: () => close(false) },
          textOf(content.close) || (view.previousId === undefined ? "Close" : "Back"),
        ),
        submitText === ""
          ? null
          : h(
              "button",
              {
                type: "submit",
                class: "button primary",
                disabled: content.submit_disabled === true,
                // A button that is disabled would lose the focus.
                "aria-disabled": isSending ? "true" : undefined,
              },
              submitText,
            ),
      ]),
    ]),
  ]);
}
