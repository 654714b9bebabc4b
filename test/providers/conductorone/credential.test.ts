import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readClientId, readClientSecret } from "../../../src/providers/conductorone/credential.ts";
import { CLIENT_SECRET, JWK, secretOf } from "./settings.ts";

describe("a client id", () => {
  it.each([
    ["strange-hydra-68836@acme.conductor.one/pcc", "acme.conductor.one"],
    ["hydra@acme.c1eu.ai/spc", "acme.c1eu.ai"],
    ["hydra@ACME.Conductor.One/wfe", "acme.conductor.one"],
    ["hydra@127.0.0.1:4100/pcc", "127.0.0.1:4100"],
    ["svc@acme.conductor.one/api/v1/something", "acme.conductor.one"],
  ])("tells its host: %s", (value, host) => {
    expect(readClientId(value)).toEqual({ kind: "whole", host });
  });

  it.each([
    ["acme.conductor.one", "no @"],
    ["a@b@acme.conductor.one/pcc", "more than one @"],
    ["@acme.conductor.one/pcc", "no name"],
    ["hydra@/pcc", "no host"],
    ["hydra@acme conductor/pcc", "no host"],
    ["hydra@acme.conductor.one:99999/pcc", "no host"],
    ["hydra@acme.conductor.one", "lacks its end"],
    ["hydra@acme.conductor.one/", "lacks its end"],
    ["hydra@acme.conductor.one/p?c", "an end that is none"],
  ])("that is malformed is told which part: %s", (value, wrong) => {
    expect(readClientId(value)).toEqual({ kind: "malformed", wrong: expect.stringContaining(wrong) });
  });
});

describe("a client secret", () => {
  const encoded = CLIENT_SECRET.split(":")[3] ?? "";

  it("holds the private key that signs", () => {
    expect(readClientSecret(CLIENT_SECRET)).toEqual({
      kind: "key",
      encoded,
      key: { kty: "OKP", crv: "Ed25519", x: JWK.x, d: JWK.d },
    });
  });

  it("may be padded, or in the other alphabet of base64", () => {
    const padded = `secret-token:conductorone.com:v1:${Buffer.from(JSON.stringify({ ...JWK, kid: "k??>>" })).toString("base64")}`;
    expect(readClientSecret(padded)).toMatchObject({ kind: "key", key: { kid: "k??>>" } });
  });

  it("of another kind is left as it is", () => {
    expect(readClientSecret("an-opaque-secret-of-a-proxy")).toEqual({ kind: "opaque" });
  });

  it.each([
    [encoded, "lacks its prefix"],
    ["secret-token", "lacks its prefix"],
    [`secret-token:example.com:v1:${encoded}`, "another prefix"],
    [`token:conductorone.com:v1:${encoded}`, "another prefix"],
    [`secret-token:conductorone.com:${encoded}`, "another version"],
    [`secret-token:conductorone.com:v2:${encoded}`, "another version"],
    ["secret-token:conductorone.com:v1", "the key itself is missing"],
    ["secret-token:conductorone.com:v1:", "the key itself is missing"],
    [`secret-token:conductorone.com:v1:${encoded}:more`, "not base64"],
    ["secret-token:conductorone.com:v1:%%%", "not base64"],
    [`secret-token:conductorone.com:v1:${encoded.slice(0, -9)}`, "no JWK"],
    [secretOf(["not", "a", "key"]), "no JWK"],
    [secretOf({ kty: "RSA", n: "x", e: "AQAB", d: "x" }), "not an Ed25519"],
    [secretOf({ ...JWK, crv: "X25519" }), "not an Ed25519"],
    [secretOf({ ...JWK, d: undefined }), "without its private part"],
    [secretOf({ ...JWK, d: "short" }), "not 32 bytes"],
    [secretOf({ ...JWK, x: 7 }), "not 32 bytes"],
    [secretOf({ ...JWK, x: "A".repeat(43) }), "two halves do not belong together"],
  ])("that is malformed is told which part (%#)", (value, wrong) => {
    expect(readClientSecret(value)).toEqual({ kind: "malformed", wrong: expect.stringContaining(wrong) });
  });

  it("is never repeated in what is told of it, and nothing is thrown", () => {
    const parts = fc.array(fc.constantFrom("secret-token", "conductorone.com", "v1", encoded, "hunter2hunter2"));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          parts.map((list) => list.join(":")),
        ),
        (value) => {
          const read = readClientSecret(value);
          if (read.kind === "malformed") expect(read.wrong).not.toMatch(/hunter2|eyJ/);
        },
      ),
    );
  });
});
