import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cut,
  cutMrkdwn,
  dateToken,
  escapeMrkdwn,
  isVisible,
  linkTarget,
  linkToken,
  outside,
  outsideLines,
  outsideMrkdwn,
  outsidePlain,
} from "../../../src/slack/blocks/text.ts";

const J = "\u2060";
const anyText = fc.string({ unit: "binary", maxLength: 200 });

describe("text from outside", () => {
  it.each([
    ["<!channel>", `<${J}!channel>`],
    ["<@U1> and <#C1|x>", `<${J}@U1> and <${J}#C1|x>`],
    ["<https://evil.example|x>", `<${J}https://evil.example|x>`],
    ["a < b <b>bold</b>", "a < b <b>bold</b>"],
    ["*bold* :fire: @here", "*bold* :fire: @here"],
    ["  two\n\tlines  ", "two lines"],
    ["null\u0000 bell\u0007", "null bell"],
    ["\u202Egnp.exe\u202C", "gnp.exe"],
    ["\uD800x", "\uFFFDx"],
    ["שלום", "\u2068שלום\u2069"],
  ])("%j stands in rich text as %j", (text, shown) => {
    expect(outside(text, 80)).toBe(shown);
  });

  it.each([
    [":fire:", `:${J}fire:`],
    ["at 10:30:05", "at 10:30:05"],
    [":100: code:404", `:${J}100: code:404`],
    ["https://evil.example/x", `https:${J}//evil.${J}example/x`],
    ["mail me@evil.example", `mail me@${J}evil.${J}example`],
    ["#general", `#${J}general`],
    ["version 1.25", "version 1.25"],
  ])("%j stands in plain text as %j", (text, shown) => {
    expect(outsidePlain(text, 80)).toBe(shown);
  });

  it.each([
    ["circuit_broken", "circuit_broken"],
    ["*bold* _it_ ~no~ `code`", "∗bold∗ ＿it＿ ∼no∼ ˋcodeˋ"],
    ["<!channel> & co", `&lt;${J}!channel&gt; &amp; co`],
    ["@here", `@${J}here`],
  ])("%j stands in mrkdwn as %j", (text, shown) => {
    expect(outsideMrkdwn(text, 80)).toBe(shown);
  });

  it("keeps the lines of a body", () => {
    expect(outsideLines("a\r\nb\tc\u0000\n", 80)).toBe("a\nb\tc\n");
  });

  it("is never longer than asked for", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 4, max: 60 }), (text, max) => {
        for (const shown of [outside(text, max), outsidePlain(text, max), outsideLines(text, max)]) {
          expect(shown.length).toBeLessThanOrEqual(max);
          expect(shown.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  it("shows that something was cut, however long the rest is", () => {
    expect(outside("x".repeat(1_000_000), 10)).toMatch(/^x+…$/);
    expect(outsideLines("\u0000".repeat(5_000), 10)).toBe("…");
  });
});

describe("cut", () => {
  it.each([
    ["short", 5, "short"],
    ["longer", 5, "long…"],
    ["ab😀cd", 4, "ab…"],
    ["ab👩‍👩‍👧‍👦cd", 8, "ab…"],
    ["ae\u0301io", 3, "a…"],
  ])("cuts %j to %i as %j", (text, max, shown) => {
    expect(cut(text, max)).toBe(shown);
  });

  it("leaves no half of a pair", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), fc.integer({ min: 1, max: 80 }), (text, max) => {
        expect(cut(text, max).isWellFormed()).toBe(true);
        expect(cut(text, max).length).toBeLessThanOrEqual(max);
      }),
    );
  });

  it.each([
    ["see <!date^1^{time}|then> now", 12, "see …"],
    ["a &amp; b", 6, "a …"],
    ["a &amp; bc", 9, "a &amp;…"],
    ["\u2068אבגדה\u2069", 5, "\u2068אב\u2069…"],
  ])("cuts mrkdwn %j to %i as %j", (text, max, shown) => {
    expect(cutMrkdwn(text, max)).toBe(shown);
  });
});

describe("mrkdwn of our own", () => {
  it("escapes the three characters that Slack names", () => {
    expect(escapeMrkdwn("<a> & b")).toBe("&lt;a&gt; &amp; b");
  });

  it("gives dates in the reader's zone, with UTC for clients that cannot", () => {
    const at = new Date("2026-11-21T06:41:05Z");
    expect(dateToken(at)).toBe("<!date^1795243265^{date_short_pretty} {time}|2026-11-21 06:41 UTC>");
    expect(dateToken(at, "{time_secs}")).toBe("<!date^1795243265^{time_secs}|2026-11-21 06:41:05 UTC>");
    expect(dateToken(new Date(Number.NaN))).toBe("unknown time");
  });
});

describe("visible text", () => {
  it.each(["", "  ", "\u200B\u2060", "\u0000\n"])("%j is none", (text) => {
    expect(isVisible(text)).toBe(false);
  });

  it.each(["x", "\u200Bx", "😀", "\uD800"])("%j is some", (text) => {
    expect(isVisible(text)).toBe(true);
  });
});

describe("a link of ours", () => {
  it("keeps a query, escaped where mrkdwn wants it", () => {
    expect(linkTarget("https://acme.conductor.one/?a=1&b=2")).toBe("https://acme.conductor.one/?a=1&b=2");
    expect(linkToken("https://acme.conductor.one/?a=1&b=2", "it")).toBe("<https://acme.conductor.one/?a=1&amp;b=2|it>");
  });

  it.each([
    ["https://acme.conductor.one/task/1", "https://acme.conductor.one/task/1"],
    ["http://127.0.0.1:8080/task/1", "http://127.0.0.1:8080/task/1"],
    ["http://localhost/task", "http://localhost/task"],
    ["https://acme.conductor.one/task/a|b>c", "https://acme.conductor.one/task/a%7Cb%3Ec"],
    ["https://acme.conductor.one/task/<!here>", "https://acme.conductor.one/task/%3C!here%3E"],
    ["http://acme.conductor.one/task/1", undefined],
    ["http://127.0.0.1.evil.example/", undefined],
    ["https://user@acme.conductor.one/", undefined],
    ["https://:secret@acme.conductor.one/", undefined],
    ["javascript:alert(1)", undefined],
    ["/task/1", undefined],
    ["", undefined],
    [undefined, undefined],
    [`https://acme.conductor.one/${"x".repeat(1_000)}`, undefined],
  ])("%j leads to %j", (url, target) => {
    expect(linkTarget(url)).toBe(target);
    expect(linkToken(url, "a & b")).toBe(target === undefined ? "" : `<${target}|a &amp; b>`);
  });
});
