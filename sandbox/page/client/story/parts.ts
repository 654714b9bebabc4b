import { type ComponentChild, h } from "preact";
import type { Story, StoryAct } from "../../wire.ts";

/** What every section of the panel is given. */
export interface SectionParts {
  story: Story;
  isBusy: boolean;
  /** @param section where the button is, and what is said of it. */
  play(section: string, act: StoryAct): void;
  /** How it stands with what was last done in a section. */
  said(section: string): ComponentChild;
}

/** One act at a time. What has the focus keeps it meanwhile: a button that is `disabled` would lose it. */
export function button({ isBusy }: SectionParts, words: string, onPress: () => void, label?: string): ComponentChild {
  const onClick = () => {
    if (!isBusy) onPress();
  };
  const more = { "aria-label": label, "aria-disabled": isBusy ? "true" : undefined, onClick } as const;
  return h("button", { type: "button", class: "button", ...more }, words);
}

/** What goes wrong, one a line, with a mark of it. */
export function trouble(...inside: ComponentChild[]): ComponentChild {
  return h("li", null, [h("span", { class: "bad", "aria-hidden": "true" }, "●"), ...inside]);
}

export type Option = readonly [value: string, label: string];

export interface Options {
  /** Of the group; one without stands alone. */
  label?: string;
  options: readonly Option[];
}

export function picker(
  label: string,
  value: string,
  groups: readonly Options[],
  choose: (value: string) => void,
): ComponentChild {
  const onChange = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement) choose(target.value);
  };
  const items = (options: readonly Option[]) =>
    options.map(([one, words]) => h("option", { value: one, selected: one === value }, words));
  const shown = groups.map((group) =>
    group.label === undefined ? items(group.options) : h("optgroup", { label: group.label }, items(group.options)),
  );
  return h("label", { class: "picker" }, h("span", null, label), h("select", { onChange }, shown));
}
