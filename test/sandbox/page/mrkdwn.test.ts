import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Node, parseMrkdwn } from "../../../sandbox/page/client/mrkdwn-parse.ts";

const text = (words: string): Node => ({ kind: "text", text: words });

describe("Slack's markup", () => {
  it.each<[string, Node[]]>([
    ["plain &lt;b&gt; &amp; more", [text("plain <b> & more")]],
    [
      "*bold* and _it_",
      [{ kind: "bold", inside: [text("bold")] }, text(" and "), { kind: "italic", inside: [text("it")] }],
    ],
    ["2*3*4 snake_case_word", [text("2*3*4 snake_case_word")]],
    ["* not bold *", [text("* not bold *")]],
    ["`*code* <x>`", [{ kind: "code", text: "*code* <x>" }]],
    ["```\n*kept*\n```", [{ kind: "block", text: "*kept*" }]],
    ["``` open", [text("``` open")]],
    ["&gt; said\nnot", [{ kind: "quote", inside: [text("said")] }, text("not")]],
    [":fire: 10:30:00", [{ kind: "emoji", name: "fire" }, text(" 10:30:00")]],
    ["<https://a.example|a *b*>", [{ kind: "special", target: "https://a.example", label: "a *b*" }]],
    ["<!date^1^{time}|then>", [{ kind: "special", target: "!date^1^{time}", label: "then" }]],
    ["&lt;!channel&gt;", [text("<!channel>")]],
    [
      "see https://a.example/_b_?c=1&amp;d. Or (http://b.example)",
      [
        text("see "),
        { kind: "special", target: "https://a.example/_b_?c=1&d" },
        text(". Or ("),
        { kind: "special", target: "http://b.example" },
        text(")"),
      ],
    ],
    ["&lt;https://a.example&gt;", [text("<"), { kind: "special", target: "https://a.example" }, text(">")]],
    ["`https://a.example`", [{ kind: "code", text: "https://a.example" }]],
  ])("%j", (words, nodes) => {
    expect(parseMrkdwn(words)).toEqual(nodes);
  });

  it.each([
    ["pieces", ":fire:".repeat(9_000), 9_000],
    ["marks", `${"*b ".repeat(2_000)}${"*".repeat(2_000)}`, 1],
  ])("is read however many %s there are", (_what, words, count) => {
    expect(parseMrkdwn(words)).toHaveLength(count);
  });

  it("loses no letter of text without markup, and never fails", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab *_~`<>|:&\n!@#".split("")), maxLength: 60 }), (words) => {
        parseMrkdwn(words);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9 .,]{1,40}$/), (words) => {
        expect(parseMrkdwn(words)).toEqual([text(words)]);
      }),
    );
  });
});
