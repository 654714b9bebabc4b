import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadEnvFile } from "../../src/config/env-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hooktriage-env-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function load(text: string | Uint8Array, env: Record<string, string | undefined> = {}) {
  writeFileSync(join(folder, ".env"), text);
  loadEnvFile(folder, env);
  return env;
}

describe("the .env file", () => {
  it("sets what it names", () => {
    const text = [
      "# comment",
      "",
      "SLACK_BOT_TOKEN=xoxb-1",
      "  export TZ_DEFAULT = Europe/Berlin # where we are",
      'PASSWORD="with # and spaces"',
      "KEY='first line",
      "second line'",
      "EMPTY=",
    ].join("\n");
    expect(load(text)).toEqual({
      SLACK_BOT_TOKEN: "xoxb-1",
      TZ_DEFAULT: "Europe/Berlin",
      PASSWORD: "with # and spaces",
      KEY: "first line\nsecond line",
      EMPTY: "",
    });
  });

  it("leaves what is set already, be it to nothing", () => {
    expect(load("A=file\nB=file\nC=file", { A: "shell", B: "" })).toEqual({ A: "shell", B: "", C: "file" });
  });

  it("reads what Windows writes: CR LF, and a byte order mark", () => {
    expect(load("\ufeffA=1\r\nB=2\r\n")).toEqual({ A: "1", B: "2" });
  });

  it("is not missed where there is none", () => {
    const env = {};
    loadEnvFile(folder, env);
    expect(env).toEqual({});
  });

  it.each([
    ["a line that is no variable", "A=1\nSLACK_BOT_TOKEN: hunter2\n", "line 2 is not NAME=value"],
    ["a name that cannot be one", "MY-TOKEN=hunter2", "line 1 is not NAME=value"],
    ["a quote that is not closed", 'A=1\nB="hunter2\nC=3\n', "the quote that opens in line 2 is never closed"],
    ["UTF-16", Buffer.from("\ufeffA=hunter2", "utf16le"), "it is not UTF-8"],
    ["UTF-16 without its mark", Buffer.from("A=hunter2", "utf16le"), "it is not UTF-8"],
    ["Latin-1", Buffer.from("A=h\xfcnter2", "latin1"), "it is not UTF-8"],
  ])("is refused with one line when it holds %s, and nothing of it is repeated", (_what, text, told) => {
    const env = {};
    expect(() => load(text, env)).toThrow(told);
    expect(() => load(text, env)).toThrow(/^[^\n]+\.env cannot be used: [^\n]+\.$/);
    expect(() => load(text, env)).not.toThrow(/nter2/);
    expect(env).toEqual({});
  });

  it.each([
    ["abc#def", "line 2 has a # with no space before it"],
    ["#hunter2", "line 2 has a # with no space before it"],
    ["a b#hunter2", "line 2 has a # with no space before it"],
    ["'abc'hunter2", "line 2 goes on after the closing quote"],
    ["'abc' 'hunter2'", "line 2 goes on after the closing quote"],
    ["'abc\nx'hunter2", "line 3 goes on after the closing quote"],
  ])("is refused where a value would be cut without a word: %s", (value, told) => {
    expect(() => load(`Z=1\nA=${value}\nB=2`)).toThrow(told);
    expect(() => load(`Z=1\nA=${value}\nB=2`)).not.toThrow(/hunter2/);
  });

  it.each([
    ["# comment", ""],
    ["abc # comment with a # in it", "abc"],
    ["abc\t#def", "abc"],
    ["'abc'# comment", "abc"],
    ["'a#b' # it's a comment", "a#b"],
    ["'a\nb#c' # comment", "a\nb#c"],
    ["it's", "it's"],
  ])("takes comments where they are plain: %s", (value, read) => {
    expect(load(`A= ${value}\nB=2`)).toEqual({ A: read, B: "2" });
  });

  it("is refused, and not waited for, when it is a pipe", () => {
    execFileSync("mkfifo", [join(folder, ".env")]);
    expect(() => loadEnvFile(folder, {})).toThrow("it is no regular file");
  });

  it("is refused with one line when it is a folder", () => {
    mkdirSync(join(folder, ".env"));
    expect(() => loadEnvFile(folder, {})).toThrow("it is a folder");
  });
});
