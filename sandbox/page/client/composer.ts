import { type ComponentChild, h } from "preact";
import { useRef, useState } from "preact/hooks";
import type { ShownCommand } from "../wire.ts";

interface ComposerParts {
  label: string;
  /** Empty in threads, where there are none. */
  commands: ShownCommand[];
  onSend(text: string): void;
}

interface Suggestion {
  text: string;
  meaning: string;
}

const MOST_SUGGESTIONS = 9;

/** Where one types. After a slash it offers commands. */
export function Composer({ label, commands, onSend }: ComposerParts): ComponentChild {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(-1);
  const [isDismissed, setDismissed] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const suggestions = isDismissed ? [] : suggestionsFor(text, commands);
  const write = (next: string) => {
    setText(next);
    setChosen(-1);
    setDismissed(false);
  };
  const take = ({ text: taken }: Suggestion) => {
    const isOpen = taken.includes("<");
    write(isOpen ? taken.slice(0, taken.indexOf("<")) : taken);
    setDismissed(!isOpen);
    field.current?.focus();
  };
  const send = () => {
    if (text.trim() === "") return;
    onSend(text.trim());
    // What is no command here is not lost: it may be mended.
    const isMistaken = text.startsWith("/") && !commands.some(({ command }) => command === text.trim().split(" ")[0]);
    write(isMistaken ? text : "");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that only ends the writing of a character sends nothing.
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const picked = suggestions[chosen];
    if (step !== undefined && suggestions.length > 0) {
      setChosen((chosen + step + suggestions.length + (chosen < 0 && step < 0 ? 1 : 0)) % suggestions.length);
    } else if (event.key === "Escape" && suggestions.length > 0) setDismissed(true);
    else if ((event.key === "Tab" || event.key === "Enter") && picked && !event.shiftKey) take(picked);
    else if (event.key === "Enter" && !event.shiftKey) send();
    else return;
    event.preventDefault();
  };
  const onInput = (event: Event) => {
    if (event.target instanceof HTMLTextAreaElement) write(event.target.value);
  };
  // A field of several lines cannot be a combobox; it may have a list of completions.
  const completion = {
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
    "aria-controls": suggestions.length === 0 ? undefined : "suggestions",
    "aria-activedescendant": chosen < 0 ? undefined : `suggestion-${chosen}`,
  } as const;
  return h(
    "form",
    {
      class: "composer",
      onSubmit: (event: Event) => {
        event.preventDefault();
        send();
      },
    },
    [
      suggestions.length === 0 ? null : list(suggestions, chosen, take),
      h("textarea", {
        ref: field,
        rows: 1,
        value: text,
        placeholder: label,
        "aria-label": label,
        ...(commands.length === 0 ? {} : completion),
        autocomplete: "off",
        spellcheck: false,
        onInput,
        onKeyDown,
      }),
      h(
        "p",
        { class: "unseen", role: "status" },
        suggestions.length === 0 ? "" : `${suggestions.length} commands, arrows choose`,
      ),
      h("button", { type: "submit", class: "button primary", disabled: text.trim() === "" }, "Send"),
    ],
  );
}

/** That of the open channel: where one is when nothing else has the focus. */
export function focusComposer(): void {
  document.querySelector<HTMLElement>("main .composer textarea")?.focus();
}

function list(suggestions: readonly Suggestion[], chosen: number, take: (one: Suggestion) => void): ComponentChild {
  const items = suggestions.map((one, index) =>
    // Pressed before the field loses the focus.
    h(
      "li",
      {
        role: "option",
        id: `suggestion-${index}`,
        "aria-selected": index === chosen,
        onMouseDown: (event: Event) => {
          event.preventDefault();
          take(one);
        },
      },
      [h("code", null, one.text), h("span", null, one.meaning)],
    ),
  );
  return h("ul", { class: "suggestions", id: "suggestions", role: "listbox", "aria-label": "Commands" }, items);
}

/** Nothing once the command is whole: then Enter sends it. */
function suggestionsFor(text: string, commands: readonly ShownCommand[]): Suggestion[] {
  if (!text.startsWith("/") || text.includes("\n")) return [];
  const own = commands.flatMap(({ command, description, examples }) => [
    { text: command, meaning: description },
    ...examples.filter((one) => one.text !== command),
  ]);
  return own.filter((one) => one.text !== text && one.text.startsWith(text)).slice(0, MOST_SUGGESTIONS);
}
