import { type ComponentChild, h } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Json } from "../wire.ts";
import { safeUrl, textOf, word } from "./fields.ts";

interface OverflowParts {
  options: Json[];
  label: string;
  onChoose(value: string): void;
}

/** The menu behind three dots. Arrows move in it, Escape leaves it. https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/ */
export function Overflow({ options, label, onChoose }: OverflowParts): ComponentChild {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const items = () => [...(root.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  // Before the next key is pressed.
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    items()[0]?.focus();
    const leave = (event: Event) => {
      if (event.target instanceof globalThis.Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", leave);
    return () => document.removeEventListener("pointerdown", leave);
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  const move = (event: KeyboardEvent) => {
    if (!isOpen) return;
    const all = items();
    const at = all.findIndex((item) => item.contains(document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape") {
      // The menu alone is left, not what it stands in.
      event.preventDefault();
      event.stopPropagation();
      return close();
    }
    if (event.key === "Tab") setOpen(false);
    if (to === undefined) return;
    event.preventDefault();
    all.at(to % all.length)?.focus();
  };
  const entries = options.map((option) => {
    const choose = () => {
      close();
      onChoose(word(option.value));
    };
    const href = safeUrl(option.url);
    const words = [
      textOf(option.text),
      option.description === undefined ? null : h("small", null, textOf(option.description)),
    ];
    const more = { role: "menuitem", tabIndex: -1, onClick: choose };
    return h(
      "li",
      { role: "none" },
      href === undefined
        ? h("button", { type: "button", ...more }, words)
        : h("a", { href, target: "_blank", rel: "noopener noreferrer", ...more }, words),
    );
  });
  return h("span", { class: "overflow", ref: root, onKeyDown: move }, [
    h(
      "button",
      {
        type: "button",
        class: "button icon",
        "aria-haspopup": "menu",
        "aria-expanded": isOpen,
        "aria-label": label,
        onClick: () => setOpen(!isOpen),
      },
      "⋯",
    ),
    isOpen ? h("ul", { role: "menu", class: "menu", "aria-label": label }, entries) : null,
  ]);
}
