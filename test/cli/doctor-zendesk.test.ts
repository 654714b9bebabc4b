import { describe, expect, it } from "vitest";
import { about, diagnose, openPlace, troubles } from "./doctor-place.ts";
import { obeyedIn } from "./obeyed.ts";
import { closing } from "./terminal.ts";
import { type Intervention, startWireZendesk, type WireZendesk } from "./wire-zendesk.ts";

describe("doctor, of Zendesk", () => {
  it("names a token that is refused, without it", async () => {
    const place = await openPlace({ env: { ZENDESK_ACCESS_TOKEN: "wrong-zendesk-token" } });
    const { findings, exitCode } = await diagnose(place);
    expect(troubles(findings)).toEqual({ "zendesk access": "fault" });
    expect(about(findings, "zendesk access")).toMatchObject({
      told: expect.stringContaining("Zendesk answered 401"),
      mend: expect.stringContaining("ZENDESK_ACCESS_TOKEN"),
    });
    expect(JSON.stringify(findings)).not.toContain("wrong-zendesk-token");
    expect(exitCode).toBe(1);
  });

  it.each([
    ["429", "answered 429"],
    ["500", "answered 500"],
    ["html-200", "not JSON"],
    ["cut", "cut the connection"],
    ["redirect", "redirect"],
    ["old-token", "answered 401"],
  ] as const)("that fails with %s is a fault with its mend", async (kind, told) => {
    const place = await openPlace();
    place.zendesk.fail(kind, { times: 100 });
    const { findings, exitCode } = await diagnose(place);
    expect(about(findings, "zendesk access")).toMatchObject({
      state: "fault",
      told: expect.stringContaining(told),
      mend: expect.stringMatching(/\w{3,}/),
    });
    expect(about(findings, "slack token").state).toBe("ok");
    expect(exitCode).toBe(1);
  });

  it("that is down is a fault", async () => {
    const place = await openPlace();
    await place.zendesk.close();
    const { findings } = await diagnose(place);
    expect(about(findings, "zendesk access").told).toContain("refuses connections");
  });

  it("that hangs is a fault within the time of one check", async () => {
    const place = await openPlace({ checkLimitMs: 300 });
    place.zendesk.fail("hang");
    const { findings } = await diagnose(place);
    expect(about(findings, "zendesk access")).toMatchObject({
      state: "fault",
      told: expect.stringContaining("did not answer in time"),
    });
    expect(about(findings, "slack token").state).toBe("ok");
  });

  it("whose list of webhooks breaks off keeps what it told before", async () => {
    const place = await openPlace();
    place.zendesk.fail("500", {
      match: (path, query) => path === "/api/v2/webhooks" && query.get("page[size]") === "100",
    });
    const { findings, exitCode } = await diagnose(place);
    expect(about(findings, "zendesk access").state).toBe("ok");
    expect(about(findings, "zendesk webhooks")).toMatchObject({
      state: "unknown",
      told: expect.stringContaining("answered 500"),
    });
    expect(exitCode).toBe(1);
  });

  it("warns of an API token, with the date of its end and what to use instead", async () => {
    const env = {
      ZENDESK_ACCESS_TOKEN: "",
      ZENDESK_EMAIL: "bot@hooktriage.example",
      ZENDESK_API_TOKEN: "sandbox-api-token",
    };
    const place = await openPlace({ env });
    const { findings, exitCode } = await diagnose(place);
    expect(about(findings, "zendesk access").told).toContain("with e-mail and API token");
    expect(about(findings, "zendesk credentials")).toMatchObject({
      state: "warning",
      told: expect.stringContaining("30 April 2027"),
      mend: expect.stringContaining("ZENDESK_OAUTH_CLIENT_ID"),
    });
    expect(exitCode).toBe(0);
  });

  it("is let in with an OAuth client without a warning", async () => {
    const env = {
      ZENDESK_ACCESS_TOKEN: "",
      ZENDESK_OAUTH_CLIENT_ID: "hooktriage",
      ZENDESK_OAUTH_CLIENT_SECRET: "sandbox-client-secret",
    };
    const { findings } = await diagnose(await openPlace({ env }));
    expect(about(findings, "zendesk access").told).toContain("with OAuth client credentials");
    expect(troubles(findings)).toEqual({});
  });

  it("that does not allow us to read says which scope and role it takes", async () => {
    const place = await openPlace();
    place.env.ZENDESK_BASE_URL = (await forbidding('{"error":"Forbidden"}')).url;
    const { findings } = await diagnose(place);
    expect(about(findings, "zendesk access")).toMatchObject({
      state: "fault",
      told: 'Zendesk answered 403 ("Forbidden").',
      mend: expect.stringMatching(/webhooks:read.*admin role/),
    });
  });

  it("is never said back in a way that a terminal obeys, and no secret is", async () => {
    const place = await openPlace({ env: { ZENDESK_ACCESS_TOKEN: "planted-zendesk-token" } });
    const hostile = `${String.fromCodePoint(0x1b)}[2J${String.fromCodePoint(0x202e)} planted-zendesk-token`;
    place.env.ZENDESK_BASE_URL = (await forbidding(hostile)).url;
    for (const flags of [[], ["--json"]]) {
      const { stdout } = await place.doctor(...flags);
      expect(stdout).toContain("answered 403");
      expect(obeyedIn(stdout)).toEqual([]);
      expect(stdout).not.toContain("planted-zendesk-token");
    }
  });
});

/** A Zendesk that says no to everything. */
function forbidding(body: string): Promise<WireZendesk> {
  const intervene: Intervention = (_path, response) => {
    response.writeHead(403, { "content-type": "application/json" }).end(body);
    return true;
  };
  return closing(startWireZendesk([], {}, intervene));
}
