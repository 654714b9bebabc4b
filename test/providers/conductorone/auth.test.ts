import { compactVerify, decodeJwt, decodeProtectedHeader } from "jose";
import { afterEach, describe, expect, it } from "vitest";
import { createConductorOneClient } from "../../../src/providers/conductorone/client.ts";
import type { ConductorOneSettings } from "../../../src/providers/conductorone/settings.ts";
import { failureOf, neverAborted, shownOf } from "../clients.ts";
import { answerJson, type Handler, type Loopback, type SeenRequest, startLoopback } from "../loopback.ts";
import { virtualClock } from "../virtual-clock.ts";
import { CLIENT_ID, CLIENT_SECRET, JWK, PUBLIC_KEY, withAccessToken, withClientCredentials } from "./settings.ts";

const TOKEN_PATH = "/auth/v1/token";
const servers: Loopback[] = [];

interface Door {
  tokens: string[];
  isOpenTo(authorization: string | undefined): boolean;
  grant: Record<string, unknown>;
}

async function serving(handle: Handler, settingsFor: (url: string) => ConductorOneSettings = withClientCredentials) {
  const server = await startLoopback(handle);
  servers.push(server);
  const clock = virtualClock();
  const client = createConductorOneClient(settingsFor(server.url), { clock });
  const read = () => client.listWebhooks({}, { signal: neverAborted() });
  return { server, clock, client, read };
}

/** Gives out tokens and lets in those who bring a good one. */
function guarded(door: Door) {
  return serving((request, response) => {
    if (request.url === TOKEN_PATH) {
      door.tokens.push(`token-number-${door.tokens.length + 1}`);
      return answerJson(response, { access_token: door.tokens.at(-1), token_type: "Bearer", ...door.grant });
    }
    const isLetIn = door.isOpenTo(request.headers.authorization);
    return isLetIn ? answerJson(response, { list: [] }) : answerJson(response, { code: 16, message: "expired" }, 401);
  });
}

function refusing(body: unknown, status = 401, headers: Record<string, string> = {}) {
  return serving((_request, response) => answerJson(response, body, status, headers));
}

function tokenRequests(requests: readonly SeenRequest[]): SeenRequest[] {
  return requests.filter(({ url }) => url === TOKEN_PATH);
}

function formOf(request: SeenRequest | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(request?.body));
}

describe("ConductorOne's authentication", () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it("sends an access token and asks for nothing more", async () => {
    const { server, read } = await serving(
      (_request, response) => answerJson(response, { list: null }),
      withAccessToken,
    );
    await read();
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer planted-c1-access-token"]);
  });

  it("signs an assertion for the tenant's host, good for two minutes on both sides", async () => {
    const { server, clock, read } = await guarded({ tokens: [], grant: {}, isOpenTo: () => true });
    await read();
    const [asked] = tokenRequests(server.requests);
    expect(asked?.headers).toMatchObject({ "content-type": "application/x-www-form-urlencoded" });
    expect(asked?.headers.authorization).toBeUndefined();
    const { client_assertion: assertion = "", ...form } = formOf(asked);
    expect(form).toEqual({
      client_id: CLIENT_ID,
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    });
    await compactVerify(assertion, PUBLIC_KEY, { algorithms: ["EdDSA"] });
    expect(decodeProtectedHeader(assertion)).toEqual({ alg: "EdDSA", nonce: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const nowS = Math.floor(clock.now().getTime() / 1000);
    expect(decodeJwt(assertion)).toEqual({
      iss: CLIENT_ID,
      sub: CLIENT_ID,
      aud: ["127.0.0.1"],
      iat: nowS,
      nbf: nowS - 120,
      exp: nowS + 120,
    });
    expect(asked?.body).not.toContain(CLIENT_SECRET);
  });

  it("never signs twice with one nonce", async () => {
    const door: Door = { tokens: [], grant: {}, isOpenTo: (given) => given === "Bearer token-number-2" };
    const { server, read } = await guarded(door);
    await read();
    const nonces = tokenRequests(server.requests).map((request) => formOf(request).client_assertion?.split(".")[0]);
    expect(new Set(nonces).size).toBe(2);
  });

  it("posts a secret that is no key as the documentation says", async () => {
    const { server, read } = await serving(
      ({ url }, response) => answerJson(response, url === TOKEN_PATH ? { access_token: "good" } : { list: [] }),
      (url) => withClientCredentials(url, "opaque-secret"),
    );
    await read();
    expect(formOf(tokenRequests(server.requests)[0])).toEqual({
      client_id: CLIENT_ID,
      grant_type: "client_credentials",
      client_secret: "opaque-secret",
    });
  });

  it("sends nothing for a secret that is malformed, and tells which part", async () => {
    const { server, read } = await serving(
      (_request, response) => answerJson(response, {}),
      (url) => withClientCredentials(url, CLIENT_SECRET.replace(":v1:", ":v9:")),
    );
    const error = await failureOf(read());
    expect(error).toMatchObject({ kind: "authentication", told: expect.stringContaining("another version than v1") });
    expect(shownOf(error)).not.toContain(JWK.d);
    expect(server.requests).toEqual([]);
  });

  it.each([
    ["a minute before it expires", { expires_in: 3600 }, 3539, 3541],
    ["early in its last fifth when it is short-lived", { expires_in: 60 }, 47, 49],
    ["by text as well", { expires_in: "600" }, 539, 541],
  ])("renews a token %s", async (_name, grant, secondsStillGood, secondsRenewed) => {
    const door: Door = { tokens: [], grant, isOpenTo: () => true };
    const { clock, read } = await guarded(door);
    await read();
    clock.advance(secondsStillGood * 1000);
    await read();
    expect(door.tokens).toHaveLength(1);
    clock.advance((secondsRenewed - secondsStillGood) * 1000);
    await Promise.all([read(), read(), read()]);
    expect(door.tokens).toHaveLength(2);
  });

  it("renews a token that is refused, once for all callers, and goes on", async () => {
    const door: Door = { tokens: [], grant: {}, isOpenTo: (given) => given === "Bearer token-number-1" };
    const { read } = await guarded(door);
    await read();
    door.isOpenTo = (given) => given === "Bearer token-number-2";
    await Promise.all([read(), read(), read()]);
    expect(door.tokens).toEqual(["token-number-1", "token-number-2"]);
  });

  it("takes a token with its scheme in front", async () => {
    const { server, read } = await guarded({ tokens: [], grant: { access_token: "Bearer x1" }, isOpenTo: () => true });
    await read();
    expect(server.requests.at(-1)?.headers.authorization).toBe("Bearer x1");
  });

  it.each([
    ["without a token", { token_type: "Bearer", expires_in: 3600 }],
    ["with an empty token", { access_token: "" }],
    ["with a token that cannot stand in a header", { access_token: "a\nb" }],
    ["with null", { access_token: null }],
  ])("calls an answer %s unexpected", async (_name, body) => {
    const { read } = await refusing(body, 200);
    expect(await failureOf(read())).toMatchObject({
      kind: "unexpected_answer",
      request: `POST ${TOKEN_PATH}`,
      told: expect.stringContaining("without an access_token"),
    });
  });

  it("calls a page in place of a token unexpected", async () => {
    const { read } = await serving((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<html><title>Sign in</title></html>");
    });
    const error = await failureOf(read());
    expect(error).toMatchObject({ kind: "unexpected_answer", told: expect.stringContaining("not JSON, text/html") });
    expect(error.nextStep).toContain("CONDUCTORONE_SERVER_URL");
  });

  it.each([400, 401, 403])("takes a client that is refused with %i for a matter of credentials", async (status) => {
    const { server, read } = await refusing(
      { error: "invalid_client", error_description: `sp_disabled ${CLIENT_SECRET}` },
      status,
    );
    const error = await failureOf(read());
    expect(error).toMatchObject({ kind: "authentication", status, told: expect.stringContaining("invalid_client") });
    expect(error.nextStep).toContain("CONDUCTORONE_CLIENT_SECRET is not its secret");
    expect(error.nextStep).toContain("in ConductorOne, under API keys in your profile menu");
    expect(shownOf(error)).not.toContain(CLIENT_SECRET);
    expect(server.requests).toHaveLength(1);
  });

  it("says so where what is refused does not look like a client secret", async () => {
    const { read } = await serving(
      (_request, response) => answerJson(response, { error: "invalid_client" }, 401),
      (url) => withClientCredentials(url, "opaque-secret"),
    );
    const error = await failureOf(read());
    expect(error.nextStep).toContain("does not begin with secret-token:conductorone.com:v1:");
    expect(shownOf(error)).not.toContain("opaque-secret");
  });

  it("does not blame the secret for a token that is refused as soon as it was given", async () => {
    const door: Door = { tokens: [], grant: {}, isOpenTo: () => false };
    const { read } = await guarded(door);
    const error = await failureOf(read());
    expect(error).toMatchObject({ kind: "authentication", status: 401 });
    expect(error.nextStep).toContain("gave a token for CONDUCTORONE_CLIENT_ID, and then refused it");
    expect(error.nextStep).not.toContain("CONDUCTORONE_CLIENT_SECRET");
    expect(door.tokens).toHaveLength(2);
  });

  it("says what to set in place of an access token that has expired", async () => {
    const { server, read } = await serving(
      (_request, response) => answerJson(response, { code: 16, message: "token is expired" }, 401),
      withAccessToken,
    );
    const error = await failureOf(read());
    expect(error).toMatchObject({ kind: "authentication", told: expect.stringContaining("token is expired") });
    expect(error.nextStep).toContain("CONDUCTORONE_ACCESS_TOKEN has expired");
    expect(error.nextStep).toContain("set CONDUCTORONE_CLIENT_ID and CONDUCTORONE_CLIENT_SECRET in its place");
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, unknown, number]>([
    ["a token of that type", { access_token: "t", token_type: "DPoP" }, 200],
    ["an error that names it", { error: "invalid_dpop_proof", error_description: "missing" }, 400],
    ["a description that names it", { error: "invalid_request", error_description: "DPoP proof required" }, 401],
  ])("says what to change where DPoP is demanded by %s", async (_name, body, status) => {
    const { read } = await refusing(body, status);
    const error = await failureOf(read());
    expect(error.kind).toBe("authentication");
    expect(error.nextStep).toContain('turn "Require DPoP" off');
  });

  it.each([
    ["Sat, 21 Nov 2026 12:07:00 GMT", "7 minutes behind"],
    ["Sat, 21 Nov 2026 11:57:00 GMT", "3 minutes ahead"],
  ])("says so when it is refused and the clocks differ (%s)", async (date, told) => {
    const { read } = await refusing({ error: "invalid_client", error_description: "token_too_old" }, 401, { date });
    const error = await failureOf(read());
    expect(error.nextStep).toContain(told);
    expect(error.nextStep).toContain("NTP");
  });

  it("does not blame a clock that is right", async () => {
    const { read } = await refusing({ error: "invalid_client" }, 401, { date: "Sat, 21 Nov 2026 11:59:00 GMT" });
    expect((await failureOf(read())).nextStep).not.toContain("clock");
  });
});
