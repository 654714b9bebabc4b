import { afterEach, describe, expect, it } from "vitest";
import { createConductorOneProvider } from "../../../src/providers/conductorone/provider.ts";
import type { ConductorOneSettings } from "../../../src/providers/conductorone/settings.ts";
import { neverAborted } from "../clients.ts";
import { answerJson, type Handler, type Loopback, startLoopback } from "../loopback.ts";
import { virtualClock } from "../virtual-clock.ts";
import { CLIENT_SECRET, withAccessToken, withClientCredentials } from "./settings.ts";
import { startSmallConductorOne } from "./small-conductorone.ts";

const servers: Loopback[] = [];

async function at(server: Promise<Loopback>, settingsFor: (url: string) => ConductorOneSettings = withAccessToken) {
  const opened = await server;
  servers.push(opened);
  const provider = createConductorOneProvider(settingsFor(opened.url), { clock: virtualClock() });
  return { server: opened, provider };
}

function answering(handle: Handler, settingsFor?: (url: string) => ConductorOneSettings) {
  return at(startLoopback(handle), settingsFor);
}

describe("ConductorOne's check", () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it("says who we are there", async () => {
    const { server, provider } = await at(startSmallConductorOne({ webhooks: [{ id: "hook" }], tasks: [] }));
    expect(await provider.check(neverAborted())).toMatchObject({
      ok: true,
      detail: `Reads the webhooks and tasks of ${server.url} with an access token, as user user-1, with the role Read-Only Administrator.`,
      warnings: [],
    });
  });

  it.each([
    [401, "CONDUCTORONE_ACCESS_TOKEN"],
    [403, "Read-Only Administrator"],
    [404, "CONDUCTORONE_SERVER_URL"],
  ])("says what to mend after a %i", async (status, mend) => {
    const { provider } = await answering((_request, response) =>
      answerJson(response, { code: 7, message: "no" }, status),
    );
    const health = await provider.check(neverAborted());
    expect(health).toMatchObject({ ok: false, problem: { told: expect.stringContaining(String(status)) } });
    expect(health.problem?.mend).toContain(mend);
  });

  it("finds out whether tasks may be read, for without them no failure is seen", async () => {
    const { provider } = await answering(({ url }, response) =>
      url.includes("introspect")
        ? answerJson(response, { userId: "u" })
        : answerJson(response, { code: 7, message: "denied" }, 403),
    );
    expect(await provider.check(neverAborted())).toMatchObject({ ok: false });
  });

  it.each([
    ["/api/v1/webhooks", "may not read webhooks"],
    ["/api/v1/search/tasks", "may not read tasks"],
  ])("says plainly what may not be read when %s is refused", async (path, told) => {
    const { provider } = await answering(({ url }, response) => {
      if (url.startsWith(path)) return answerJson(response, { code: 7, message: "denied" }, 403);
      return answerJson(response, url.includes("introspect") ? { principleId: "p" } : { list: null });
    });
    expect((await provider.check(neverAborted())).problem?.told).toMatch(new RegExp(`${told}.*403`));
  });

  it.each(["principleId", "principalId", "principal_id"])("knows who asks by %s", async (field) => {
    const { provider } = await answering(({ url }, response) =>
      answerJson(response, url.includes("introspect") ? { [field]: "robot-7" } : { list: null }),
    );
    expect(await provider.check(neverAborted())).toMatchObject({
      ok: true,
      detail: expect.stringContaining("robot-7"),
    });
  });

  it("does not take any answer for an identity", async () => {
    const { provider } = await answering((_request, response) => answerJson(response, { list: [] }));
    expect(await provider.check(neverAborted())).toMatchObject({ ok: false });
  });

  it("says when the address that is set and that of the client id differ", async () => {
    const { provider } = await answering(
      (_request, response) => answerJson(response, { access_token: "t" }),
      withClientCredentials,
    );
    const { warnings = [] } = await provider.check(neverAborted());
    expect(warnings).toEqual([expect.objectContaining({ told: expect.stringContaining("is of acme.conductor.one") })]);
  });

  it("has nothing to say where they agree, whatever the port", async () => {
    const { provider } = await answering(
      (_request, response) => answerJson(response, { access_token: "t" }),
      (baseUrl) => {
        const clientId = "hydra@127.0.0.1/pcc";
        return { baseUrl, credentials: { kind: "client_credentials", clientId, clientSecret: CLIENT_SECRET } };
      },
    );
    expect((await provider.check(neverAborted())).warnings).toEqual([]);
  });
});
