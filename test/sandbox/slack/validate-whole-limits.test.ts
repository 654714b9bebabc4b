import { describe, expect, it } from "vitest";
import { validateMessage, validateView } from "../../../sandbox/slack/validate/index.ts";
import { BLOCK_SURFACES } from "../../../sandbox/slack/validate/limits.ts";
import { actions, barChart, button, chars, input, type Limit, plain, section, table, times } from "./samples.ts";

const IN_A_MODAL: Limit[] = [
  { limit: "title of a modal", most: 24, make: (n) => modal({ title: plain(chars(n)) }), pointer: "/view/title/text" },
  {
    limit: "submit of a modal",
    most: 24,
    make: (n) => modal({ submit: plain(chars(n)) }),
    pointer: "/view/submit/text",
  },
  { limit: "close of a modal", most: 24, make: (n) => modal({ close: plain(chars(n)) }), pointer: "/view/close/text" },
  {
    limit: "private metadata",
    most: 3000,
    make: (n) => modal({ private_metadata: chars(n) }),
    pointer: "/view/private_metadata",
  },
  { limit: "callback id", most: 255, make: (n) => modal({ callback_id: chars(n) }), pointer: "/view/callback_id" },
  { limit: "external id", most: 255, make: (n) => modal({ external_id: chars(n) }), pointer: "/view/external_id" },
  {
    limit: "blocks of a modal",
    most: 100,
    make: (n) => modal({ blocks: times(n, () => ({ type: "divider" })) }),
    pointer: "/view/blocks",
  },
  {
    limit: "blocks of a Home tab",
    most: 100,
    make: (n) => ({ type: "home", blocks: times(n, () => ({ type: "divider" })) }),
    pointer: "/view/blocks",
  },
  {
    limit: "text of an alert",
    most: 200,
    make: (n) => modal({ blocks: [{ type: "alert", text: plain(chars(n)) }] }),
    pointer: "/view/blocks/0/text/text",
  },
  {
    limit: "files of a file input",
    most: 10,
    make: (n) => modal({ submit: plain("s"), blocks: [input({ type: "file_input", max_files: n })] }),
    pointer: "/view/blocks/0/element/max_files",
  },
];

const IN_A_MESSAGE: (Limit & { error: string })[] = [
  {
    limit: "blocks",
    most: 50,
    make: (n) => ({ blocks: times(n, () => ({ type: "divider" })) }),
    pointer: "/blocks",
    error: "invalid_blocks",
  },
  {
    limit: "attachments",
    most: 100,
    make: (n) => ({ attachments: times(n, () => ({ text: "a" })) }),
    pointer: "/attachments",
    error: "too_many_attachments",
  },
  {
    limit: "charts",
    most: 2,
    make: (n) => ({ blocks: times(n, () => barChart()) }),
    pointer: "/blocks",
    error: "invalid_blocks",
  },
  {
    limit: "plans",
    most: 1,
    make: (n) => ({ blocks: times(n, () => ({ type: "plan", title: "p" })) }),
    pointer: "/blocks",
    error: "invalid_blocks",
  },
  {
    limit: "tables",
    most: 1,
    make: (n) => ({ blocks: times(n, () => table(1, 1)) }),
    pointer: "/blocks",
    error: "only_one_table_allowed",
  },
  {
    limit: "characters in cells",
    most: 10_000,
    make: (n) => ({ blocks: [{ type: "table", rows: [[{ type: "raw_text", text: chars(n) }]] }] }),
    pointer: "/blocks",
    error: "invalid_blocks",
  },
  {
    limit: "markdown in all blocks",
    most: 12_000,
    make: (n) => ({
      blocks: [
        { type: "markdown", text: chars(6000) },
        { type: "markdown", text: chars(n - 6000) },
      ],
    }),
    pointer: "/blocks",
    error: "invalid_blocks",
  },
  {
    limit: "visible characters",
    most: 13_000,
    make: (n) => ({ blocks: times(5, (i) => section(chars(i === 4 ? n - 10_400 : 2600))) }),
    pointer: "/blocks",
    error: "msg_blocks_too_long",
  },
  {
    limit: "type of metadata",
    most: 255,
    make: (n) => ({ text: "a", metadata: { event_type: chars(n), event_payload: {} } }),
    pointer: "/metadata/event_type",
    error: "invalid_metadata_format",
  },
];

describe("the limits of a view", () => {
  it.each(IN_A_MODAL)("takes $most: $limit, and not one more", ({ most, make, pointer }) => {
    expect(validateView(make(most))).toEqual([]);
    expect(validateView(make(most + 1))).toMatchObject([{ error: "invalid_arguments", pointer }]);
  });
});

describe("the limits of a message", () => {
  it.each(IN_A_MESSAGE)("takes $most: $limit, and not one more", ({ most, make, pointer, error }) => {
    expect(validateMessage(Object(make(most)))).toEqual([]);
    expect(validateMessage(Object(make(most + 1)))).toMatchObject([{ error, pointer }]);
  });

  it("counts the JSON as well as what is visible", () => {
    const wide = (count: number) => ({
      blocks: times(count, (i) => actions(button({ value: chars(1900), action_id: `a${i}` }))),
    });
    expect(validateMessage(wide(8))).toEqual([]);
    expect(validateMessage(wide(9))).toMatchObject([{ error: "msg_blocks_too_long", pointer: "/blocks" }]);
  });

  it("lets a long message through a response URL", () => {
    const long = { blocks: times(6, () => section(chars(2600))) };
    expect(validateMessage(long)).toMatchObject([{ error: "msg_blocks_too_long" }]);
    expect(validateMessage(long, { viaResponseUrl: true })).toEqual([]);
  });
});

describe("surfaces", () => {
  it.each(Object.keys(BLOCK_SURFACES))("%s stands where it may and nowhere else", (type) => {
    const at = (surface: string) => `unsupported block on this surface (${surface}): ${type}`;
    const refusedOn = [
      ...validateMessage({ blocks: [{ type }] }),
      ...validateView({ type: "modal", title: plain("t"), blocks: [{ type }] }),
      ...validateView({ type: "home", blocks: [{ type }] }),
    ].map((fault) => fault.message);
    for (const surface of ["message", "modal", "home"] as const) {
      expect(refusedOn.includes(at(surface))).toBe(BLOCK_SURFACES[type]?.includes(surface) === false);
    }
  });
});

function modal(more: object) {
  return { type: "modal", title: plain("t"), blocks: [{ type: "divider" }], ...more };
}
