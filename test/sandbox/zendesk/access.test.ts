import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SANDBOX_CREDENTIALS } from "../../../sandbox/zendesk/access.ts";
import { type Asking, BEARER, startAsking, type VirtualClock, virtualClock } from "./ask.ts";

const { email, apiToken, clientId, clientSecret } = SANDBOX_CREDENTIALS;
const LIST = "/api/v2/webhooks";
const GRANT = {
  grant_type: "client_credentials",
  client_id: clientId,
  client_secret: clientSecret,
  scope: "webhooks:read",
};

let clock: VirtualClock;
let asking: Asking;
beforeEach(async () => {
  clock = virtualClock();
  asking = await startAsking({ now: clock.now });
});
afterEach(() => asking.zendesk.close());

function basic(text: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(text).toString("base64")}` };
}

async function grantedToken(fields: Record<string, unknown> = {}): Promise<Record<string, string>> {
  const answer = await asking.post("/oauth/tokens", { ...GRANT, ...fields }, {});
  return { authorization: `Bearer ${answer.json.access_token}` };
}

it.each([
  ["an access token", BEARER],
  ["an e-mail address and an API token", basic(`${email}/token:${apiToken}`)],
])("%s opens the door", async (_, headers) => {
  expect((await asking.get(LIST, headers)).status).toBe(200);
});

it.each([
  ["nothing", {}],
  ["a wrong token", { authorization: "Bearer wrong" }],
  ["an empty token", { authorization: "Bearer " }],
  ["a password", basic(`${email}:${apiToken}`)],
  ["a wrong API token", basic(`${email}/token:wrong`)],
])("%s does not", async (_, headers) => {
  const answer = await asking.get(LIST, headers);
  expect(answer.status).toBe(401);
  expect(answer.json).toEqual({ error: "Couldn't authenticate you" });
});

describe("client credentials", () => {
  it("get a token that works until it expires by the clock", async () => {
    const answer = await asking.post("/oauth/tokens", { ...GRANT, expires_in: 600 }, {});
    expect(answer.json).toMatchObject({ token_type: "bearer", scope: "webhooks:read", expires_in: 600 });
    const headers = { authorization: `Bearer ${answer.json.access_token}` };
    clock.advance(599);
    expect((await asking.get(LIST, headers)).status).toBe(200);
    clock.advance(1);
    const expired = await asking.get(LIST, headers);
    expect(expired.status).toBe(401);
    expect(expired.json).toMatchObject({ error: "invalid_token" });
  });

  it("get another token each time, and the older one goes on working", async () => {
    const [one, other] = [await grantedToken(), await grantedToken()];
    expect(one).not.toEqual(other);
    expect((await asking.get(LIST, one)).status).toBe(200);
    expect((await asking.get(LIST, other)).status).toBe(200);
  });

  it.each([
    ["a wrong secret", { client_secret: "wrong" }, 401, "invalid_client"],
    ["an unknown client", { client_id: "stranger" }, 401, "invalid_client"],
    ["another grant type", { grant_type: "password" }, 400, "unsupported_grant_type"],
    ["a lifetime that is too short", { expires_in: 300 }, 400, "invalid_request"],
  ])("are refused with %s", async (_, fields, status, error) => {
    const answer = await asking.post("/oauth/tokens", { ...GRANT, ...fields }, {});
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ error });
  });

  it("are refused when they are no JSON", async () => {
    expect((await asking.post("/oauth/tokens", "grant_type=client_credentials", {})).status).toBe(400);
  });

  it("may read but not test with webhooks:read, and nothing at all with another scope", async () => {
    const reader = await grantedToken();
    expect((await asking.get(LIST, reader)).status).toBe(200);
    const tested = await asking.post("/api/v2/webhooks/test", { request: {} }, reader);
    expect(tested.status).toBe(403);
    expect(tested.json).toMatchObject({ error: "Forbidden" });
    const stranger = await grantedToken({ scope: "tickets:read" });
    expect((await asking.get(LIST, stranger)).status).toBe(403);
    const writer = await grantedToken({ scope: "webhooks:read webhooks:write" });
    expect((await asking.post("/api/v2/webhooks/test", { request: {} }, writer)).status).toBe(200);
  });
});
