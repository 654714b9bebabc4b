import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readClientId, readClientSecret } from "../../../src/providers/conductorone/credential.ts";
import { CLIENT_ID, CLIENT_SECRET, JWK, secretOf } from "./settings.ts";

/** As an access token looks. */
const TOKEN = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJodW50ZXIyIn0.c2lnbmF0dXJl";

describe("a client id", () => {
  it.each([
    ["strange-hydra-68836@acme.conductor.one/pcc", "acme.conductor.one"],
    ["hydra@acme.c1eu.ai/spc", "acme.c1eu.ai"],
    ["hydra@ACME.Conductor.One/wfe", "acme.conductor.one"],
    ["hydra@127.0.0.1:4100/pcc", "127.0.0.1:4100"],
    ["hydra@c1.example.com/pcc", "c1.example.com"],
    ["hydra@localhost:4100/pcc", "localhost:4100"],
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
    ["hydra@acme.conductor.one/api/v1/pcc", "a path after its host"],
    ["hydra@acme.conductor.one/pcc/", "a path after its host"],
    ["hydra@acme/pcc", "a host without its domain"],
    ["https://acme.conductor.one", "begins with a scheme"],
    ["https://hydra@acme.conductor.one/pcc", "begins with a scheme"],
    ["hydra@https://acme.conductor.one/pcc", "a scheme, such as https://, before its host"],
    ['"hydra@acme.conductor.one/pcc"', "quotation marks"],
    [CLIENT_SECRET, "is a client secret"],
  ])("that is malformed is told which part (%#): %s", (value, wrong) => {
    const right = expect.stringContaining("such as strange-hydra-68836@acme.conductor.one/pcc");
    expect(readClientId(value)).toEqual({ kind: "malformed", wrong: expect.stringContaining(wrong), right });
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

  it.each(["an-opaque-secret-of-a-proxy", "68836", "c2VjcmV0"])("of no known form is left as it is: %s", (value) => {
    expect(readClientSecret(value)).toEqual({ kind: "opaque" });
  });

  it.each([
    [encoded, "lacks its prefix"],
    [encoded.slice(0, -9), "lacks its prefix"],
    ["secret-token", "lacks its prefix"],
    [TOKEN, "is an access token"],
    [`Bearer ${TOKEN}`, "is an access token"],
    [`secret-token:conductorone.com:v1:${TOKEN}`, "a signed token where its key belongs"],
    [JSON.stringify(JWK), "is a bare JWK"],
    [`"${CLIENT_SECRET}"`, "quotation marks"],
    [CLIENT_ID, "is a client id"],
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
    const right = expect.stringMatching(/^(?:copy it|set the secret)/);
    expect(readClientSecret(value)).toEqual({ kind: "malformed", wrong: expect.stringContaining(wrong), right });
  });

  it("is never repeated in what is told of it, and nothing is thrown", () => {
    const part = fc.constantFrom("secret-token", "conductorone.com", "v1", encoded, "hunter2hunter2", TOKEN, CLIENT_ID);
    const parts = fc.array(part);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          parts.map((list) => list.join(":")),
          parts.map((list) => list.join("")),
        ),
        (value) => {
          for (const read of [readClientSecret(value), readClientId(value)])
            if (read.kind === "malformed") expect(read.wrong).not.toMatch(/hunter2|eyJ|68836/);
        },
      ),
    );
  });
});
