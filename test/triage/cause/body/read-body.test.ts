import { describe, expect, it } from "vitest";
import { readBody } from "../../../../src/triage/cause/body/read-body.ts";

describe("a body", () => {
  it.each([
    ["", "text/html", "none"],
    ["  \n ", "text/plain", "none"],
    ['{"a":1}', "text/html", "json"],
    ['[{"message":"x"}]', "", "json"],
    ['\uFEFF{"a":1}', "application/json", "json"],
    ['{"message":"cut off he', "application/json", "json"],
    ["<html><body>Hi</body></html>", "application/json", "html"],
    ["<p>Hi there", "", "html"],
    ["<?xml version='1.0'?><Error><Code>A</Code></Error>", "text/html", "xml"],
    ["<Error><Code>A</Code></Err", "", "xml"],
    ["Not here", "text/html", "text"],
    ['"quoted words"', "application/json", "text"],
    ["\u001f\ufffd\b\u0000\u0000\ufffd\ufffd\u0001\u0002abc", "text/plain", "binary"],
    ["{not json at all", "", "text"],
  ])("%j of type %j is read as %s", (body, type, kind) => {
    expect(readBody(body, type).kind).toBe(kind);
  });

  it("gives the title and the visible lines of a page, headings marked", () => {
    const { title, lines } = readBody(
      "<title>Oh\n no</title><style>a{}</style><h1>Broken <b>pipe</b></h1><script>var a</script><p>It&#39;s gone<br>for good</p>",
    );
    expect(title).toBe("Oh no");
    expect(lines).toEqual([
      { text: "Broken pipe", isHeading: true },
      { text: "It's gone", isHeading: false },
      { text: "for good", isHeading: false },
    ]);
  });

  it("shows what a page tells those without scripts, in its head too", () => {
    const { lines } = readBody(
      "<html><head><noscript>Tunnel closed (ERR_9)</noscript><style>a{}</style></head><body></body></html>",
    );
    expect(lines).toEqual([{ text: "Tunnel closed (ERR_9)", isHeading: false }]);
  });

  it("gives the leaves of a document by dotted paths without positions", () => {
    expect(readBody('{"errors":[{"loc":["body","a"],"msg":"no"},{"msg":2}],"x":null}').fields).toEqual([
      { path: "errors.loc", value: "body" },
      { path: "errors.loc", value: "a" },
      { path: "errors.msg", value: "no" },
      { path: "errors.msg", value: "2" },
    ]);
  });

  it.each([
    [
      '{"errors":[{"loc":["body","a"],"msg":"no, \\"never\\"","input":{"b":"c',
      ["errors.loc body", "errors.loc a", 'errors.msg no, "never"'],
    ],
    ['{"detail":{"code":7,"ok":false,"text":"some wor', ["detail.code 7", "detail.ok false", "detail.text some"]],
    // Half a word means something else.
    ['{"text":"no such hook","code":"HOOK_UNK... (80 bytes)]', ["text no such hook"]],
    ['{"a":"b"}}}]"c":"d"', ["a b", "c d"]],
  ])("that is cut or broken gives what is left: %s", (body, told) => {
    expect(readBody(body).fields.map(({ path, value }) => `${path} ${value}`)).toEqual(told);
  });

  it("that holds another answer as a string is read through", () => {
    expect(readBody(JSON.stringify({ error: JSON.stringify({ code: "inner_code" }) })).fields).toEqual([
      { path: "error.code", value: "inner_code" },
    ]);
  });

  it("of XML gives its elements without prefixes", () => {
    expect(
      readBody(
        '<s:Envelope xmlns:s="u"><s:Body><s:Fault><faultstring>No &amp; no</faultstring></s:Fault></s:Body></s:Envelope>',
      ).fields,
    ).toEqual([{ path: "Envelope.Body.Fault.faultstring", value: "No & no" }]);
  });
});
