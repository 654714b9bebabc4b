import { type ComponentChild, type ComponentChildren, h } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { focusComposer } from "./composer.ts";

export interface DialogParts {
  /** Id of the element that names it. */
  labelledBy: string;
  class: string;
  /** Escape was pressed. */
  onCancel(): void;
  children?: ComponentChildren;
}

const FIELD = ".modal-body :is(input, select, textarea):not(:disabled)";

/** A modal dialog of the browser's own: it keeps the focus inside, and gives it back to where it was. */
export function Dialog({ labelledBy, class: className, onCancel, children }: DialogParts): ComponentChild {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    // The browser itself would take the button that closes it.
    const first = dialog?.querySelector("[autofocus]") ?? dialog?.querySelector(FIELD);
    if (first instanceof HTMLElement) first.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      // What opened it may be gone.
      if (document.activeElement === document.body) focusComposer();
    };
  }, []);
  const cancel = (event: Event) => {
    // A field may be left by that too.
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    onCancel();
  };
  return h("dialog", { ref: element, class: className, "aria-labelledby": labelledBy, onCancel: cancel }, children);
}
