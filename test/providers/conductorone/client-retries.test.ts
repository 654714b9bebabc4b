import { afterEach, describe, expect, it } from "vitest";
import { type ConductorOneClient, createConductorOneClient } from "../../../src/providers/conductorone/client.ts";
import { all, failureOf, neverAborted } from "../clients.ts";
import { answerJson, type Handler, type Loopback, startLoopback } from "../loopback.ts";
import { virtualClock } from "../virtual-clock.ts";
import { withAccessToken, withClientCredentials } from "./settings.ts";

const options = () => ({ signal: neverAborted() });
const servers: Loopback[] = [];

async function against(handle: Handler) {
  const server = await startLoopback(handle);
  servers.push(server);
  return { server, client: createConductorOneClient(withAccessToken(server.url), { clock: virtualClock() }) };
}

describe("ConductorOne's client, of second tries", () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it.each<[string, (client: ConductorOneClient) => Promise<unknown>]>([
    ["a list", (client) => client.listWebhooks({}, options())],
    ["a search", (client) => client.searchTasks({}, options())],
    ["a trail", async (client) => all(client.auditPages("t", options()))],
  ])("tries %s again when it fails for the moment", async (_name, call) => {
    const { server, client } = await against((_request, response, index) =>
      index === 0 ? answerJson(response, { code: 14, message: "upstream" }, 503) : answerJson(response, { list: [] }),
    );
    await call(client);
    expect(server.requests).toHaveLength(2);
  });

  it.each([429, 500, 503])("never tries a test again (%i)", async (status) => {
    const { server, client } = await against((_request, response) =>
      answerJson(response, { code: 14, message: "later" }, status, { "retry-after": "0" }),
    );
    await failureOf(client.testWebhook("a", options()));
    expect(server.requests).toHaveLength(1);
  });

  it("does not send a test again after a 401, and has a new token for the next", async () => {
    let tokens = 0;
    const { server } = await against(({ url, headers }, response) => {
      if (url === "/auth/v1/token") {
        tokens += 1;
        return answerJson(response, { access_token: `token-number-${tokens}`, token_type: "Bearer" });
      }
      const isLetIn = headers.authorization === "Bearer token-number-2";
      return isLetIn ? answerJson(response, { webhook: { id: "i" } }) : answerJson(response, { code: 16 }, 401);
    });
    const client = createConductorOneClient(withClientCredentials(server.url), { clock: virtualClock() });
    const tests = () => server.requests.filter(({ url }) => url.endsWith("/test"));
    expect(await failureOf(client.testWebhook("a", options()))).toMatchObject({ kind: "authentication" });
    expect(tests()).toHaveLength(1);
    expect(await client.testWebhook("a", options())).toMatchObject({ id: "i" });
    expect(tests()).toHaveLength(2);
    expect(client.requestCount).toBe(server.requests.length);
  });

  it.each([
    [500, { code: 2, message: "user_id is required (request-id: r)" }, "unavailable", 2],
    [500, { code: 3, message: "bad page token" }, "unexpected_answer", 1],
    [500, { code: 5, message: "not found" }, "unexpected_answer", 1],
    [501, { code: 12, message: "unimplemented" }, "unexpected_answer", 1],
    [500, { code: 13, message: "internal" }, "unavailable", 8],
    [503, { code: 14, message: "upstream" }, "unavailable", 8],
    [429, { code: 8, message: "rate limit" }, "rate_limited", 8],
    [408, { code: 1, message: "canceled" }, "unavailable", 3],
    [499, { code: 1, message: "canceled" }, "unavailable", 3],
    [404, { code: 5, message: "not found" }, "not_found", 1],
    [403, { code: 7, message: "permission denied" }, "permission", 1],
    [400, { code: 3, message: "does not match ^[a-zA-Z0-9]{27}$" }, "unexpected_answer", 1],
  ])("takes %i %j for %s, tried %i times at most", async (status, body, kind, tries) => {
    const { server, client } = await against((_request, response) => answerJson(response, body, status));
    const error = await failureOf(client.searchTasks({}, options()));
    expect(error).toMatchObject({ kind, status, message: expect.stringContaining(body.message) });
    expect(server.requests).toHaveLength(tries);
  });

  it("waits as long as it is asked to", async () => {
    const clock = virtualClock();
    const { server } = await against((_request, response, index) =>
      index === 0 ? answerJson(response, { code: 8 }, 429, { "retry-after": "7" }) : answerJson(response, {}),
    );
    await createConductorOneClient(withAccessToken(server.url), { clock }).listWebhooks({}, options());
    expect(clock.waits).toEqual([7000]);
  });
});
