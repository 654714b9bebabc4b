import { generateKeyPair, importJWK, type JWTPayload, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Asking, NOON, startAsking, type virtualClock as VirtualClock, virtualClock } from "./ask.ts";

const TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const SECONDS = NOON.getTime() / 1000;

let asking: Asking;
let clock: ReturnType<typeof VirtualClock>;
beforeEach(async () => {
  clock = virtualClock();
  asking = await startAsking({ now: clock.now });
});
afterEach(() => asking.c1.close());

function withSecret(secret = asking.c1.clientSecret): Record<string, string> {
  return { grant_type: "client_credentials", client_id: asking.c1.clientId, client_secret: secret };
}

interface Signing {
  claims?: JWTPayload;
  header?: Record<string, unknown>;
  key?: Parameters<SignJWT["sign"]>[0];
}

async function withAssertion({ claims = {}, header = { nonce: "00ff" }, key }: Signing = {}) {
  const { clientId, clientSecret } = asking.c1;
  const jwk = JSON.parse(Buffer.from(clientSecret.split(":")[3] ?? "", "base64url").toString());
  const payload = {
    iss: clientId,
    sub: clientId,
    aud: ["127.0.0.1"],
    iat: SECONDS,
    nbf: SECONDS - 120,
    exp: SECONDS + 120,
  };
  const assertion = await new SignJWT({ ...payload, ...claims })
    .setProtectedHeader({ alg: "EdDSA", ...header })
    .sign(key ?? (await importJWK(jwk, "EdDSA")));
  return {
    grant_type: "client_credentials",
    client_id: clientId,
    client_assertion_type: TYPE,
    client_assertion: assertion,
  };
}

describe("the token endpoint", () => {
  it("takes the whole secret in the form", async () => {
    const answer = await asking.token(withSecret());
    expect(answer.json).toEqual({
      access_token: expect.stringMatching(/^\w{64}$/),
      token_type: "Bearer",
      expires_in: 600,
    });
  });

  it("takes an assertion signed with the secret's key", async () => {
    const answer = await asking.token(await withAssertion());
    expect(answer.status).toBe(200);
    const bearer = { authorization: `Bearer ${answer.json.access_token}` };
    expect((await asking.get("/api/v1/webhooks", bearer)).status).toBe(200);
  });

  it("takes an audience that is no list, and a nonce in the claims", async () => {
    const answer = await asking.token(await withAssertion({ claims: { aud: "127.0.0.1", nonce: "x" }, header: {} }));
    expect(answer.status).toBe(200);
  });

  it.each<[string, Signing, RegExp]>([
    ["another issuer", { claims: { iss: "someone" } }, /"iss"/],
    ["another subject", { claims: { sub: "someone" } }, /"sub"/],
    ["another audience", { claims: { aud: ["acme.conductor.one"] } }, /"aud"/],
    ["an end in the past", { claims: { exp: SECONDS - 1 } }, /token_too_old/],
    ["an end too far ahead", { claims: { exp: SECONDS + 301 } }, /too_long/],
    ["a start in the future", { claims: { nbf: SECONDS + 60 } }, /"nbf"/],
    ["no nonce", { header: {} }, /nonce/],
  ])("refuses an assertion with %s", async (_, signing, description) => {
    const answer = await asking.token(await withAssertion(signing));
    expect(answer.status).toBe(401);
    expect(answer.json).toEqual({ error: "invalid_client", error_description: expect.stringMatching(description) });
  });

  it("refuses an assertion signed with another key or another algorithm", async () => {
    const other = await generateKeyPair("EdDSA");
    expect((await asking.token(await withAssertion({ key: other.privateKey }))).status).toBe(401);
    const shared = new TextEncoder().encode("a shared secret of thirty-two bytes");
    const hmac = await withAssertion({ key: shared, header: { alg: "HS256", nonce: "x" } });
    expect((await asking.token(hmac)).json.error).toBe("invalid_client");
  });

  it.each<[string, Record<string, string>, number, string]>([
    ["another secret", { client_secret: "secret-token:conductorone.com:v1:e30" }, 401, "invalid_client"],
    ["an unknown client", { client_id: "a@b/spc" }, 401, "invalid_client"],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type"],
  ])("refuses %s", async (_, fields, status, error) => {
    const answer = await asking.token({ ...withSecret(), ...fields });
    expect([answer.status, answer.json.error]).toEqual([status, error]);
  });

  it("demands a proof when it is told to", async () => {
    asking.c1.fail("dpop");
    expect((await asking.token(withSecret())).json.error).toBe("invalid_dpop_proof");
    expect((await asking.token(withSecret(), { dpop: "proof" })).json.token_type).toBe("DPoP");
  });

  it.each([
    ["no-token", { token_type: "Bearer", expires_in: 3_600 }],
    ["bad-client", { error: "invalid_client", error_description: "sp_disabled" }],
  ] as const)("answers %s when it is told to", async (kind, json) => {
    asking.c1.fail(kind);
    expect((await asking.token(withSecret())).json).toEqual(json);
  });
});

describe("a token", () => {
  it("expires by the clock, soon when told so", async () => {
    asking.c1.fail("short-token", { times: 1 });
    const { json } = await asking.token(withSecret());
    const bearer = { authorization: `Bearer ${json.access_token}` };
    expect(json.expires_in).toBe(5);
    expect((await asking.get("/api/v1/webhooks", bearer)).status).toBe(200);
    clock.advance(5);
    const late = await asking.get("/api/v1/webhooks", bearer);
    expect([late.status, late.json.code]).toEqual([401, 16]);
  });

  it.each([[{}], [{ authorization: "Bearer nonsense" }], [{ authorization: "Basic eA==" }]])(
    "is asked for where there is %o",
    async (headers) => {
      const answer = await asking.get("/api/v1/webhooks", headers);
      expect(answer.status).toBe(401);
      expect(answer.json.message).toMatch(/^unauthenticated \(request-id: [\w-]{36}\)$/);
    },
  );

  it("that may only read cannot test a webhook", async () => {
    const reading = await startAsking({ readOnly: true });
    const id = reading.webhookId("Payroll entitlements");
    expect((await reading.get(`/api/v1/webhooks/${id}`)).status).toBe(200);
    const refused = await reading.post(`/api/v1/webhooks/${id}/test`);
    expect([refused.status, refused.json.code]).toEqual([403, 7]);
    await reading.c1.close();
  });
});

it("introspect tells who asks", async () => {
  expect((await asking.get("/api/v1/auth/introspect")).json).toMatchObject({
    userId: expect.any(String),
    principleId: expect.any(String),
    roles: [expect.any(String)],
    permissions: null,
  });
});
