import { type ComponentChild, type ComponentChildren, h } from "preact";
import { useEffect, useRef } from "preact/hooks";

export interface DialogParts {
  /** Id of the element that names it. */
  labelledBy: string;
  class: string;
  /** Escape was pressed. */
  onCancel(): void;
  children?: ComponentChildren;
}

/** A modal dialog of the browser's own: it keeps the focus inside, and gives it back to where it was. */
export function Dialog({ labelledBy, class: className, onCancel, children }: DialogParts): ComponentChild {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const cancel = (event: Event) => {
    event.preventDefault();
    onCancel();
  };
  return h("dialog", { ref: element, class: className, "aria-labelledby": labelledBy, onCancel: cancel }, children);
}
