import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeAttempts,
  decodeDigestPlace,
  decodeEndDigest,
  decodeFormPlace,
  decodeMore,
  decodeTest,
  decodeWhyGrouped,
  encodeAttempts,
  encodeDigestPlace,
  encodeEndDigest,
  encodeFormPlace,
  encodeMore,
  encodeTest,
  encodeWhyGrouped,
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

  it("keep an issue and the window in which it was seen", () => {
    const noInvalidDate = true;
    const issue = fc.record({
      provider: text,
      webhookId: text,
      issueId: text,
      window: fc.record({ from: fc.date({ noInvalidDate }), to: fc.date({ noInvalidDate }) }),
      terms: fc.option(fc.string({ unit: "binary", maxLength: 100 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(issue, (asked) => {
        const value = encodeWhyGrouped(asked);
        if (value !== undefined) expect(decodeWhyGrouped(value)).toEqual(asked);
      }),
    );
  });

  it("keep the terms of a question where they have room, and say where they have none", () => {
    const asked = { provider: "zendesk", webhookId: "w", issueId: "i", window: { from: new Date(0), to: new Date(1) } };
    const carried = (terms: string) => decodeWhyGrouped(encodeWhyGrouped({ ...asked, terms }))?.terms;
    expect(encodeWhyGrouped({ ...asked, terms: "" })).toBe('["zendesk","w","i",0,1]');
    expect(carried("")).toBe("");
    expect(carried("code:5xx event:ticket.*")).toBe("code:5xx event:ticket.*");
    expect(carried("code:500 ".repeat(34))).toBeUndefined();
  });

  it("keep the webhook of a test delivery, and the question that it answers", () => {
    const test = fc.record({ provider: text, webhookId: text, nonce: text, askedAt: fc.date({ noInvalidDate: true }) });
    fc.assert(
      fc.property(test, (asked) => {
        const value = encodeTest(asked);
        if (value !== undefined) expect(decodeTest(value)).toEqual(asked);
      }),
    );
    expect(decodeTest('{"provider":"zendesk","webhookId":"w","nonce":"n"}')).toBeUndefined();
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
    "[]",
    '["zendesk","w","i",0]',
    '["zendesk","","i",0,1]',
    '["zendesk","w","i",null,1]',
    '["zendesk","w","i",0,9e15]',
    '["zendesk","w","i",0,0.5]',
    '["zendesk","w","i",0,1,2]',
    '["zendesk","w","i",0,1,"",2]',
    '{"provider":"zendesk","webhookId":"w","id":"i"}',
  ])("%j is no Why grouped? button of ours", (value) => {
    expect(decodeWhyGrouped(value)).toBeUndefined();
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
        decodeWhyGrouped(value);
      }),
    );
  });
});
