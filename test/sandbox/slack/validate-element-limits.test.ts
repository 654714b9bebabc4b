import { describe, expect, it } from "vitest";
import { validateMessage } from "../../../sandbox/slack/validate/index.ts";
import { actions, button, chars, input, type Limit, mrkdwn, options, plain, select, times } from "./samples.ts";

const confirm = (more: object) => actions(button({ confirm: { title: plain("t"), text: plain("t"), ...more } }));
const overflow = (count: number) => actions({ type: "overflow", action_id: "o", options: options(count) });
const groups = (count: number) => times(count, (index) => ({ label: plain(`g${index}`), options: options(1) }));

const LIMITS: Limit[] = [
  {
    limit: "text of a button",
    most: 75,
    make: (n) => actions(button({ text: plain(chars(n)) })),
    pointer: "/elements/0/text/text",
  },
  {
    limit: "value of a button",
    most: 2000,
    make: (n) => actions(button({ value: chars(n) })),
    pointer: "/elements/0/value",
  },
  {
    limit: "URL of a button",
    most: 3000,
    make: (n) => actions(button({ url: `https://example.com/${chars(n - 20)}` })),
    pointer: "/elements/0/url",
  },
  {
    limit: "action id",
    most: 255,
    make: (n) => actions(button({ action_id: chars(n) })),
    pointer: "/elements/0/action_id",
  },
  {
    limit: "accessibility label",
    most: 75,
    make: (n) => actions(button({ accessibility_label: chars(n) })),
    pointer: "/elements/0/accessibility_label",
  },
  {
    limit: "title of a confirmation",
    most: 100,
    make: (n) => confirm({ title: plain(chars(n)) }),
    pointer: "/elements/0/confirm/title/text",
  },
  {
    limit: "text of a confirmation",
    most: 300,
    make: (n) => confirm({ text: mrkdwn(chars(n)) }),
    pointer: "/elements/0/confirm/text/text",
  },
  {
    limit: "button of a confirmation",
    most: 30,
    make: (n) => confirm({ confirm: plain(chars(n)) }),
    pointer: "/elements/0/confirm/confirm/text",
  },
  {
    limit: "denial of a confirmation",
    most: 30,
    make: (n) => confirm({ deny: plain(chars(n)) }),
    pointer: "/elements/0/confirm/deny/text",
  },
  { limit: "options of an overflow", most: 5, make: overflow, pointer: "/elements/0/options" },
  {
    limit: "checkboxes",
    most: 10,
    make: (n) => actions({ type: "checkboxes", options: options(n) }),
    pointer: "/elements/0/options",
  },
  {
    limit: "radio buttons",
    most: 10,
    make: (n) => actions({ type: "radio_buttons", options: options(n) }),
    pointer: "/elements/0/options",
  },
  {
    limit: "options of a select",
    most: 100,
    make: (n) => actions(select({ options: options(n) })),
    pointer: "/elements/0/options",
  },
  {
    limit: "option groups of a select",
    most: 100,
    make: (n) => actions({ type: "static_select", option_groups: groups(n) }),
    pointer: "/elements/0/option_groups",
  },
  {
    limit: "label of an option group",
    most: 75,
    make: (n) => actions({ type: "static_select", option_groups: [{ label: plain(chars(n)), options: options(1) }] }),
    pointer: "/elements/0/option_groups/0/label/text",
  },
  {
    limit: "placeholder",
    most: 150,
    make: (n) => actions(select({ placeholder: plain(chars(n)) })),
    pointer: "/elements/0/placeholder/text",
  },
  {
    limit: "text of an option",
    most: 75,
    make: (n) => actions(select({ options: [{ text: plain(chars(n)), value: "v" }] })),
    pointer: "/elements/0/options/0/text/text",
  },
  {
    limit: "value of an option",
    most: 150,
    make: (n) => actions(select({ options: [{ text: plain("t"), value: chars(n) }] })),
    pointer: "/elements/0/options/0/value",
  },
  {
    limit: "description of an option",
    most: 75,
    make: (n) => actions(select({ options: [{ text: plain("t"), value: "v", description: plain(chars(n)) }] })),
    pointer: "/elements/0/options/0/description/text",
  },
  {
    limit: "longest text to be typed",
    most: 3000,
    make: (n) => input({ max_length: n }),
    pointer: "/element/max_length",
  },
  {
    limit: "least length to be typed",
    most: 3000,
    make: (n) => input({ min_length: n }),
    pointer: "/element/min_length",
  },
  {
    limit: "lines of a rich text input",
    most: 100,
    make: (n) => input({ type: "rich_text_input", max_lines: n }),
    pointer: "/element/max_lines",
  },
];

describe("the limits of an element", () => {
  it.each(LIMITS)("takes $most: $limit, and not one more", ({ most, make, pointer }) => {
    expect(validateMessage({ blocks: [make(most)] })).toEqual([]);
    const faults = validateMessage({ blocks: [make(most + 1)] });
    expect(faults.map((fault) => fault.pointer)).toContain(`/blocks/0${pointer}`);
    expect(faults.every((fault) => fault.error === "invalid_blocks")).toBe(true);
  });
});
