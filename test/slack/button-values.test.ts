import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeAttempts,
  decodeDigestPlace,
  decodeEndDigest,
  decodeFormPlace,
  decodeMore,
  encodeAttempts,
  encodeDigestPlace,
  encodeEndDigest,
  encodeFormPlace,
  encodeMore,
} from "../../src/slack/button-values.ts";

const text = fc.string({ unit: "binary", minLength: 1, maxLength: 100 });

describe("values of buttons", () => {
  it("come back as they went, whatever the ids are", () => {
    fc.assert(
      fc.property(fc.record({ provider: text, webhookId: text, id: text }), (ref) => {
        expect(decodeAttempts(encodeAttempts(ref))).toEqual(ref);
      }),
    );
  });

  it("keep the page of an answer", () => {
    const more = {
      view: "failures",
      query: 'webhook:"<!channel>" last 24h',
      asOf: new Date(1_795_243_265_000),
      offset: 5,
    } as const;
    expect(decodeMore(encodeMore(more))).toEqual(more);
    expect(encodeMore(more)).not.toContain("<");
  });

  it("keep the channel of a new digest, and the digest that is to end", () => {
    fc.assert(
      fc.property(text, (id) => {
        expect(decodeDigestPlace(encodeDigestPlace({ channel: id }))).toEqual({ channel: id });
        expect(decodeFormPlace(encodeFormPlace({ channel: id, timeZone: id }))).toEqual({ channel: id, timeZone: id });
        expect(decodeEndDigest(encodeEndDigest({ subscription: id }))).toEqual({ subscription: id });
      }),
    );
  });

  it("are left out when they are too long", () => {
    expect(encodeMore({ view: "failures", query: "x".repeat(2_000), asOf: new Date(0), offset: 0 })).toBeUndefined();
    expect(encodeAttempts({ provider: "zendesk", webhookId: "w", id: "i".repeat(2_000) })).toBeUndefined();
  });

  it.each([
    undefined,
    "",
    "x",
    "null",
    "[]",
    "{}",
    '{"provider":"zendesk"}',
    '{"provider":1,"webhookId":"w","id":"i"}',
    '{"provider":"","webhookId":"w","id":"i"}',
    "x".repeat(3_000),
  ])("%j is no Attempts button of ours", (value) => {
    expect(decodeAttempts(value)).toBeUndefined();
  });

  it.each([
    undefined,
    "{}",
    '{"view":"webhooks","query":"","asOf":"2026-11-21T06:00:00Z","offset":0}',
    '{"view":"failures","query":"","asOf":"yesterday","offset":0}',
    '{"view":"failures","query":"","asOf":"2026-11-21T06:00:00Z","offset":-1}',
    '{"view":"failures","query":"","asOf":"2026-11-21T06:00:00Z","offset":0.5}',
  ])("%j is no More button of ours", (value) => {
    expect(decodeMore(value)).toBeUndefined();
  });

  it.each([
    undefined,
    "",
    "{}",
    "null",
    '{"channel":""}',
    '{"channel":7}',
    '{"subscription":""}',
    '{"subscription":[]}',
  ])("%j is of no digest of ours", (value) => {
    expect(decodeDigestPlace(value)).toBeUndefined();
    expect(decodeFormPlace(value)).toBeUndefined();
    expect(decodeEndDigest(value)).toBeUndefined();
  });

  it("are refused, not thrown at, whatever they hold", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (value) => {
        expect([undefined, "object"]).toContain(typeof decodeMore(value) === "undefined" ? undefined : "object");
        decodeAttempts(value);
      }),
    );
  });
});
