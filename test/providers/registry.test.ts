import { describe, expect, it } from "vitest";
import { createLog } from "../../src/ops/log.ts";
import { createProviders } from "../../src/providers/registry.ts";
import { withAccessToken as withC1Token } from "./conductorone/settings.ts";
import { answerJson, startLoopback } from "./loopback.ts";
import { withAccessToken } from "./zendesk/settings.ts";

const log = createLog({ level: "silent", secrets: [] });

describe("the registry", () => {
  it("logs which request was sent and what became of it, without cursors and secrets", async () => {
    const lines: string[] = [];
    const telling = createLog({ level: "debug", secrets: [], destination: { write: (line) => lines.push(line) } });
    const server = await startLoopback((_request, response) => answerJson(response, "No help desk here", 404));
    const settings = withAccessToken(server.url);
    const [zendesk] = createProviders({ zendesk: settings }, { log: telling });
    const health = await zendesk?.check(AbortSignal.timeout(5_000));
    await server.close();
    expect(health?.problem?.mend).toMatch(/^Check ZENDESK_SUBDOMAIN, or ZENDESK_BASE_URL/);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { msg: "asked a provider", provider: "zendesk", request: "GET /api/v2/webhooks", outcome: "not_found" },
    ]);
  });

  it("makes the providers that are set up, and only those", () => {
    const now = () => new Date();
    const [zendesk, ...others] = createProviders(
      { zendesk: withAccessToken("https://acme.zendesk.com/") },
      { now, log },
    );
    expect(zendesk).toMatchObject({ id: "zendesk", account: "https://acme.zendesk.com" });
    expect(others).toEqual([]);
    expect(createProviders({}, { now, log })).toEqual([]);
    const both = createProviders(
      { zendesk: withAccessToken("https://acme.zendesk.com"), conductorone: withC1Token("https://acme.conductor.one") },
      { now, log },
    );
    expect(both.map(({ id }) => id)).toEqual(["zendesk", "conductorone"]);
  });
});
