import { afterEach, describe, expect, it } from "vitest";
import { createZendeskClient } from "../../../src/providers/zendesk/client.ts";
import type { ZendeskSettings } from "../../../src/providers/zendesk/settings.ts";
import { failureOf, neverAborted, shownOf } from "../clients.ts";
import { answerJson, type Handler, type Loopback, type SeenRequest, startLoopback } from "../loopback.ts";
import { virtualClock } from "../virtual-clock.ts";
import { withAccessToken, withApiToken, withClientCredentials } from "./settings.ts";

const servers: Loopback[] = [];

interface Door {
  /** Tokens given out, oldest first. */
  tokens: string[];
  isOpenTo(authorization: string | undefined): boolean;
  grant: Record<string, unknown>;
}

/** Gives out tokens and lets in those who bring a good one. */
async function guarded(door: Door) {
  return serving((request, response) => {
    if (request.url === "/oauth/tokens") {
      door.tokens.push(`token-number-${door.tokens.length + 1}`);
      return answerJson(response, { access_token: door.tokens.at(-1), token_type: "bearer", ...door.grant });
    }
    const isLetIn = door.isOpenTo(request.headers.authorization);
    return isLetIn
      ? answerJson(response, { webhooks: [] })
      : answerJson(response, { error: "Couldn't authenticate you" }, 401);
  });
}

async function serving(handle: Handler, settingsFor: (url: string) => ZendeskSettings = withClientCredentials) {
  const server = await startLoopback(handle);
  servers.push(server);
  const clock = virtualClock();
  const client = createZendeskClient(settingsFor(server.url), { clock });
  const read = () => client.listWebhooks({}, { signal: neverAborted() });
  return { server, clock, client, read };
}

function tokenRequests(requests: readonly SeenRequest[]): SeenRequest[] {
  return requests.filter(({ url }) => url === "/oauth/tokens");
}

describe("Zendesk's authentication", () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it.each([
    ["an access token", withAccessToken, "Bearer planted-access-token"],
    ["e-mail and API token", withApiToken, `Basic ${btoa("ann@acme.example/token:planted-api-token")}`],
  ])("sends %s and asks for nothing more", async (_name, settingsFor, expected) => {
    const { server, read } = await serving((_request, response) => answerJson(response, { webhooks: [] }), settingsFor);
    await read();
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([expected]);
  });

  it("gets one token for many callers, with no more scope than reading takes", async () => {
    const door: Door = {
      tokens: [],
      grant: { expires_in: 1800 },
      isOpenTo: (given) => given === "Bearer token-number-1",
    };
    const { server, client, read } = await guarded(door);
    await Promise.all([read(), read(), read()]);
    await read();
    const [asked, ...others] = tokenRequests(server.requests);
    expect(others).toEqual([]);
    expect(asked?.headers.authorization).toBeUndefined();
    expect(JSON.parse(asked?.body ?? "")).toEqual({
      grant_type: "client_credentials",
      client_id: "hooktriage",
      client_secret: "planted-client-secret",
      scope: "webhooks:read",
    });
    expect(client.requestCount).toBe(5);
  });

  it("gets a token of its own for writing", async () => {
    const { server, client } = await guarded({ tokens: [], grant: {}, isOpenTo: () => true });
    await failureOf(client.testWebhook("01HOOK", {}, { signal: neverAborted() }));
    expect(JSON.parse(tokenRequests(server.requests)[0]?.body ?? "")).toMatchObject({ scope: "webhooks:write" });
  });

  it.each([
    ["a minute before it expires", { expires_in: 1800 }, 1739, 1741],
    ["early in its last fifth when it is short-lived", { expires_in: 100 }, 79, 81],
    ["by text as well", { expires_in: "1800" }, 1739, 1741],
  ])("renews a token %s", async (_name, grant, secondsStillGood, secondsRenewed) => {
    const door: Door = { tokens: [], grant, isOpenTo: () => true };
    const { clock, read } = await guarded(door);
    await read();
    clock.advance(secondsStillGood * 1000);
    await read();
    expect(door.tokens).toHaveLength(1);
    clock.advance((secondsRenewed - secondsStillGood) * 1000);
    await Promise.all([read(), read()]);
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

  it("renews only once for one call", async () => {
    const door: Door = { tokens: [], grant: {}, isOpenTo: () => false };
    const { server, read } = await guarded(door);
    const error = await failureOf(read());
    expect(error).toMatchObject({ kind: "authentication", status: 401 });
    expect(door.tokens).toHaveLength(2);
    expect(server.requests).toHaveLength(4);
  });

  it("does not ask again with a token that cannot be renewed", async () => {
    const { server, read } = await serving(
      (_request, response) => answerJson(response, { error: "No" }, 401),
      withAccessToken,
    );
    const error = await failureOf(read());
    expect(error.nextStep).toContain("ZENDESK_ACCESS_TOKEN");
    expect(server.requests).toHaveLength(1);
  });

  it.each([400, 401, 403])("takes a client that is refused with %i for a matter of credentials", async (status) => {
    const body = { error: "invalid_client", error_description: "secret planted-client-secret is wrong" };
    const { server, read } = await serving((_request, response) => answerJson(response, body, status));
    const error = await failureOf(read());
    expect(error).toMatchObject({ kind: "authentication", status, request: "POST /oauth/tokens" });
    expect(error.nextStep).toContain("ZENDESK_OAUTH_CLIENT_SECRET");
    expect(shownOf(error)).not.toContain("planted-client-secret");
    expect(server.requests).toHaveLength(1);
  });

  it("tries a read again when the token could not be had for the moment", async () => {
    const { server, read } = await serving(({ url }, response, index) => {
      if (index === 0) return answerJson(response, {}, 503);
      return answerJson(response, url === "/oauth/tokens" ? { access_token: "good" } : { webhooks: [] });
    });
    await read();
    expect(server.requests.map(({ url }) => url)).toEqual(["/oauth/tokens", "/oauth/tokens", "/api/v2/webhooks"]);
  });

  it("calls an answer without a token unexpected", async () => {
    const { read } = await serving((_request, response) => answerJson(response, { token: 1 }));
    expect(await failureOf(read())).toMatchObject({ kind: "unexpected_answer", request: "POST /oauth/tokens" });
  });

  it("lets a caller go at once that gives up while others wait for the same token", async () => {
    const waiting = Promise.withResolvers<() => void>();
    const { client, read } = await serving(({ url }, response) => {
      if (url === "/oauth/tokens") waiting.resolve(() => answerJson(response, { access_token: "good" }));
      else answerJson(response, { webhooks: [] });
    });
    const controller = new AbortController();
    const leaving = client.listWebhooks({}, { signal: controller.signal });
    const staying = read();
    const answer = await waiting.promise;
    controller.abort(new Error("gone"));
    await expect(leaving).rejects.toThrow("gone");
    answer();
    expect((await staying).rows).toEqual([]);
  });

  it("never shows a token that an answer quotes back", async () => {
    const { read } = await serving(({ url, headers }, response) =>
      url === "/oauth/tokens"
        ? answerJson(response, { access_token: "shapeless-token" })
        : answerJson(response, { error: `bad: ${headers.authorization}, ${headers.authorization?.slice(7)}` }, 403),
    );
    expect(shownOf(await failureOf(read()))).not.toContain("shapeless-token");
  });

  it("never shows a token that came after another try, quoted by an answer", async () => {
    const { read } = await serving(({ url }, response, index) => {
      if (index === 0) return answerJson(response, {}, 503);
      if (url === "/oauth/tokens") return answerJson(response, { access_token: "shapeless-token" });
      answerJson(response, { error: "shapeless-token lacks a scope" }, 403);
    });
    expect(shownOf(await failureOf(read()))).not.toContain("shapeless-token");
  });
});
