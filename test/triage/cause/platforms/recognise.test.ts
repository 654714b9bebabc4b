import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evidenceOf } from "../../../../src/triage/cause/evidence.ts";
import { recognise } from "../../../../src/triage/cause/platforms/recognise.ts";
import { EDGES } from "./edge-samples.ts";
import { FRAMEWORKS } from "./framework-samples.ts";
import { evidenceFrom, nginxPage, type Sample } from "./sample.ts";
import { SERVERS } from "./server-samples.ts";
import { SERVICES } from "./service-samples.ts";

const SAMPLES = [...EDGES, ...SERVERS, ...SERVICES, ...FRAMEWORKS];

describe("the table of platforms", () => {
  it.each(SAMPLES.map((sample) => [sample[0], sample[1], sample] as const))(
    "knows %s as %s",
    (id, category, sample) => {
      const reading = recognise(evidenceFrom(sample));
      expect(reading).toMatchObject({ id, category, sureness: "certain" });
      expect(reading?.title).not.toMatch(/\{(?:1|code)\}/);
      expect(reading?.telling?.text).not.toBe("");
      expect(reading?.nextStep).toMatch(/^[A-Z][^<]*[^.]\.$/);
    },
  );

  it("says what a person would say, and shows the line that told it", () => {
    const reading = recognise(evidenceFrom(["", "timeout", 522, "error code: 522"]));
    expect(reading).toMatchObject({
      title: "Cloudflare 522: your origin did not answer",
      signature: "Cloudflare 522",
      telling: { place: "body", text: "error code: 522" },
    });
    expect(reading?.nextStep).toContain("{receiver}");
  });

  it("tells what it masked in a sentence that it keeps", () => {
    const body = {
      message: "The hook 5f1c2d3e4b5a69788796a5b4 is not yours",
      documentation_url: "https://docs.github.com/rest",
    };
    const reading = recognise(evidenceFrom(["", "auth", 403, body]));
    expect(reading?.id).toBe("github-the-hook-id-is-not-yours");
    expect(reading?.masked.map(({ kind }) => kind)).toEqual(["id"]);
  });

  it("shows the header that told it", () => {
    const reading = recognise(evidenceFrom(["", "not_found", 404, "Not Found", { "X-Render-Routing": "no-server" }]));
    expect(reading?.telling).toEqual({ place: "header", text: "x-render-routing: no-server" });
  });

  it("reads the answer out of what the sender logged", () => {
    const evidence = evidenceOf({ statusCode: 503, errorMessage: "unexpected status code 503: no available server" });
    expect(recognise(evidence)).toMatchObject({ id: "traefik-no-available-server", telling: { place: "error" } });
  });

  const DIFFERENT: readonly (readonly [string, Sample, Sample])[] = [
    [
      "two codes of nginx",
      ["", "gateway", 502, nginxPage("502 Bad Gateway", "nginx")],
      ["", "timeout", 504, nginxPage("504 Gateway Time-out", "nginx")],
    ],
    [
      "two fields",
      ["", "bad_request", 422, { detail: [{ type: "missing", loc: ["body", "a"], msg: "Field required" }] }],
      ["", "bad_request", 422, { detail: [{ type: "missing", loc: ["body", "b"], msg: "Field required" }] }],
    ],
    [
      "two messages that no id has letters for",
      ["", "bad_request", 422, { message: "無効", errors: { a: ["必須"] } }],
      ["", "bad_request", 422, { message: "無効", errors: { a: ["長すぎる"] } }],
    ],
  ];
  it.each(DIFFERENT)("keeps %s apart", (_, one, other) => {
    const first = recognise(evidenceFrom(one))?.id;
    expect(first).toBeDefined();
    expect(recognise(evidenceFrom(other))?.id).not.toBe(first);
  });

  const NOT_THEIRS: readonly (readonly [string, Sample])[] = [
    [
      "an app's own JSON behind Cloudflare",
      ["", "unknown", 500, { error: "stock is empty" }, { Server: "cloudflare", "CF-RAY": "1-AMS" }],
    ],
    ["an app's own words behind nginx", ["", "unknown", 400, { message: "order is closed" }, { Server: "nginx" }]],
    [
      "an app's own forbidden",
      ["", "unknown", 403, { message: "Forbidden", hint: "ask" }, { "X-Powered-By": "Express" }],
    ],
    ["an app's own error code", ["", "unknown", 400, { errorCode: "ORDER_CLOSED", message: "closed" }]],
    ["an app's own small code", ["", "unknown", 400, { code: 5, message: "closed" }]],
    ["an app's own page", ["", "unknown", 500, "<html><head><title>Shop</title></head><body>Sorry</body></html>"]],
  ];
  it.each(NOT_THEIRS)("leaves %s to the general path", (_, sample) => {
    expect(recognise(evidenceFrom(sample))).toBeUndefined();
  });

  it("makes ids of lower case, digits and dashes, whatever was kept", () => {
    const anyErrors = fc.dictionary(fc.string({ minLength: 1 }), fc.array(fc.string({ unit: "binary" })));
    fc.assert(
      fc.property(anyErrors, fc.string({ unit: "binary" }), (errors, message) => {
        const reading = recognise(evidenceFrom(["", "unknown", 422, { message, errors }]));
        if (reading) expect(reading.id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
      }),
    );
  });

  it("takes no text from outside for a pattern of replacement", () => {
    const reading = recognise(evidenceFrom(["", "unknown", 400, { name: ["Ensure $& and $1 are here."] }]));
    expect(reading?.title).toContain("$&");
  });

  const HOSTILE: readonly (readonly [string, string])[] = [
    [
      "words of many rules",
      "error code cloudflare ray id nginx server at message forbidden reset reason: ".repeat(1_400),
    ],
    ["one long word", "a".repeat(100_000)],
    ["one word of a rule", "slack ".repeat(17_000)],
    ["a fatal error without an end", "fatal error: on line ".repeat(5_000)],
    ["blanks", `http error ${" ".repeat(100_000)}`],
    [
      "thousands of faults",
      JSON.stringify({
        errors: Array.from({ length: 3_000 }, (_, at) => ({
          code: "invalid_type",
          path: `p${at}`,
          message: "is required",
        })),
      }),
    ],
    [
      "thousands of paragraphs",
      `<html><head><title>502</title></head><body>${"<p>error 1020 ray id</p>".repeat(4_000)}`,
    ],
  ];
  it.each(HOSTILE)("takes bounded time for %s", (_, text) => {
    for (const evidence of [
      evidenceFrom(["", "unknown", 502, text]),
      evidenceOf({ statusCode: 502, errorMessage: text }),
      evidenceOf({ errorMessage: text }),
    ]) {
      // The fastest of several: a shared machine stalls now and then.
      const times = Array.from({ length: 5 }, () => {
        const start = performance.now();
        recognise(evidence);
        return performance.now() - start;
      });
      expect(Math.min(...times)).toBeLessThan(5);
    }
  });
});
