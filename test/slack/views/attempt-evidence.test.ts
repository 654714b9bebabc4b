import { describe, expect, it } from "vitest";
import { message, read, THREE } from "./attempts-sample.ts";
import { attempt, CAUSE, diagnosis, listed } from "./sample.ts";

describe("the line that told the cause", () => {
  const headers = [{ name: "server", value: "cloudflare" }];

  it("stands quoted on the attempt that told it, before the others", () => {
    const text = read({ attempts: THREE, diagnosis: diagnosis(1) });
    expect(text).toContain(
      [
        "Attempt 2 · code 503",
        "In its response body this line told the cause:",
        "upstream is down",
        "Response headers",
        "retry-after: 120",
        "Response body",
        "upstream is down",
        "Attempt 3 · code 503",
        "Error: connection reset",
      ].join("\n"),
    );
    expect(text.match(/told the cause/g)).toHaveLength(1);
  });

  it.each([
    ["header", "server: cloudflare", "In its response headers this line told the cause:\nserver: cloudflare\n"],
    ["error", "dial tcp: refused", "In its error text this line told the cause:\ndial tcp: refused\nError: "],
    ["code", "503", "No line of it tells more than its code or status.\nError: "],
    ["body", "\u200B", "No line of it tells more than its code or status.\nError: "],
  ] as const)("says where it stands: %s", (place, text, told) => {
    const one = attempt({ errorMessage: "Post: dial tcp: refused", response: { headers, truncated: false } });
    expect(read({ attempts: [one], diagnosis: diagnosis(0, { telling: { place, text } }) })).toContain(told);
  });

  it("is quoted as preformatted text, whatever it holds", () => {
    const text = "<!channel> *now* :fire:\n<https://evil.example|here>";
    const { blocks } = message({ diagnosis: diagnosis(0, { telling: { place: "body", text } }) });
    const quotes = blocks.flatMap((block) => (block.type === "rich_text" ? block.elements : []));
    const [quote] = quotes.filter(({ type }) => type === "rich_text_preformatted");
    expect(JSON.stringify(quote)).toContain("*now* :fire:\\n");
    expect(JSON.stringify(blocks)).not.toMatch(/<!channel|<https/);
  });

  it("is that of an invocation that nobody knows any more, with the cause", () => {
    const text = read({ listed: undefined, diagnosis: diagnosis(0) });
    expect(text).toContain("\nCause: The receiver answered 503 Service Unavailable\n");
    expect(text).toContain("told the cause:\nupstream is down");
  });

  it("is none where the invocation did not fail", () => {
    const text = read({ listed: listed({ outcome: "succeeded" }), diagnosis: diagnosis(0) });
    expect(text).not.toMatch(/Cause|told the cause/);
  });

  it("is none where the row tells the cause more surely", () => {
    const text = read({ diagnosis: diagnosis(0, { id: "nginx-503" }) });
    expect(text).not.toContain("told the cause");
  });

  it("that leaves doubt comes with plain words for it", () => {
    const unsure = { ...listed(), cause: { ...CAUSE, sureness: "unsure" as const } };
    const text = read({ listed: unsure, diagnosis: diagnosis(0, { telling: undefined }) });
    expect(text).toContain("\nNot sure why: the attempts that were read do not say.\n");
    expect(text).toContain("No line of it tells more than its code or status.");
  });
});
