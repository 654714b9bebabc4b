import { describe, expect, it } from "vitest";
import { attemptOf } from "../../bench/grouping/attempt-of.ts";
import { CorpusFault, type CorpusLine, parseCorpus, readCorpus, readSample } from "../../bench/grouping/corpus.ts";
import { readOptions, UsageFault } from "../../bench/grouping/options.ts";
import { isHeldOut } from "../../bench/grouping/quality.ts";
import { CAUSE_CATEGORIES } from "../../src/triage/cause.ts";

const LINE: CorpusLine = { id: "one", group: "a", category: "dns", error_message: "no such host" };

describe("a corpus", () => {
  it("is read line by line, without fields that nobody asks for and empty lines", () => {
    const text = `\uFEFF${JSON.stringify({ ...LINE, verbatim: true, source: "made up" })}\r\n\n`;
    expect(parseCorpus(text, "x.jsonl")).toEqual([LINE]);
  });

  it.each([
    { name: "what is not JSON", text: `${JSON.stringify(LINE)}\n{"id":`, said: "x.jsonl, line 2 is not JSON" },
    { name: "a missing group", text: '{"id":"one","category":"dns"}', said: "x.jsonl, line 1: group: " },
    {
      name: "an unknown category",
      text: JSON.stringify({ ...LINE, category: "dsn" }),
      said: "x.jsonl, line 1: category: ",
    },
    {
      name: "a code that is no number",
      text: JSON.stringify({ ...LINE, response_code: "503" }),
      said: "line 1: response_code: ",
    },
    { name: "what is no object", text: "7", said: "x.jsonl, line 1: " },
    { name: "a file without lines", text: "\n\n", said: "x.jsonl has no lines." },
  ])("names $name", ({ text, said }) => {
    expect(() => parseCorpus(text, "x.jsonl")).toThrow(CorpusFault);
    expect(() => parseCorpus(text, "x.jsonl")).toThrow(said);
  });

  it("that is not there is named", () => {
    expect(() => readCorpus("no/such.jsonl")).toThrow(/^no\/such\.jsonl cannot be read: ENOENT/);
  });

  it("becomes attempts as they are stored: redacted, and without a response where there was none", () => {
    const headers = { "Set-Cookie": ["a=secretvalue1", "b=secretvalue2"], Server: "nginx", Empty: null };
    const answered = attemptOf({
      ...LINE,
      response_code: 500,
      response_headers: headers,
      response_body: "ask dana@fern.example",
    });
    expect(answered.response?.headers.map(({ name }) => name)).toEqual(["Set-Cookie", "Set-Cookie", "Server", "Empty"]);
    expect(JSON.stringify(answered)).not.toMatch(/secretvalue|dana@/);
    expect(answered.maskedCount).toBe(3);
    expect(attemptOf(LINE)).not.toHaveProperty("response");
    expect(attemptOf({ ...LINE, response_code: 500 }).response).toEqual({ headers: [], truncated: false });
  });
});

describe("the project's own sample", () => {
  const sample = readSample();

  it("names each line once", () => {
    expect(new Set(sample.map(({ id }) => id)).size).toBe(sample.length);
  });

  it("has one category for each group, and all of those that are told apart", () => {
    const told = new Set(sample.map(({ group, category }) => `${group} ${category}`));
    expect(told.size).toBe(new Set(sample.map(({ group }) => group)).size);
    const categories = new Set(sample.map(({ category }) => category));
    expect(CAUSE_CATEGORIES.filter((category) => !categories.has(category))).toEqual(["unknown"]);
  });

  it("has answers and transport errors, at least two of each kind", () => {
    const sizes = Map.groupBy(sample, ({ group }) => group);
    expect([...sizes.values()].filter((lines) => lines.length < 2)).toEqual([]);
    const transport = sample.filter(({ response_code }) => typeof response_code !== "number").length;
    expect(transport).toBeGreaterThan(60);
    expect(sample.length - transport).toBeGreaterThan(120);
  });

  it("is divided by its groups, each always on one side", () => {
    const groups = [...new Set(sample.map(({ group }) => group))];
    const heldOut = groups.filter((group) => isHeldOut(group, 0.5));
    expect(heldOut.length).toBeGreaterThan(groups.length / 4);
    expect(heldOut.length).toBeLessThan((groups.length * 3) / 4);
    expect(heldOut.every((group) => isHeldOut(group, 0.6))).toBe(true);
  });
});

describe("options", () => {
  it("are read", () => {
    expect(readOptions([])).toEqual({ errors: false, json: false });
    expect(readOptions(["--corpus", "a.jsonl", "--holdout=0.3", "--errors", "--json"])).toEqual({
      corpus: "a.jsonl",
      holdout: 0.3,
      errors: true,
      json: true,
    });
  });

  it.each([[["--corpse", "x"]], [["a.jsonl"]], [["--corpus"]], [["--holdout", "2"]], [["--holdout", "half"]]])(
    "that make no sense are answered with ones that do: %j",
    (args) => {
      expect(() => readOptions(args)).toThrow(UsageFault);
      expect(() => readOptions(args)).toThrow("npm run bench -- grouping [--corpus FILE]");
    },
  );
});
