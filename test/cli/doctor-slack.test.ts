import { describe, expect, it } from "vitest";
import { about, diagnose, openPlace, type PlaceOptions, troubles } from "./doctor-place.ts";
import { obeyedIn } from "./obeyed.ts";

const ESCAPE = String.fromCodePoint(0x1b);

/** Slack's scopes but some. */
function scopesWithout(...names: string[]): string[] {
  const all = [
    "commands",
    "chat:write",
    "channels:read",
    "groups:read",
    "users:read",
    "channels:history",
    "groups:history",
  ];
  return all.filter((scope) => !names.includes(scope));
}

describe("doctor, of Slack", () => {
  it("warns in one line where none of its variables is set", async () => {
    const place = await openPlace({ env: { SLACK_BOT_TOKEN: "", SLACK_APP_TOKEN: "" } });
    const { findings, exitCode } = await diagnose(place);
    expect(troubles(findings)).toEqual({ "slack token": "warning" });
    expect(about(findings, "slack token").mend).toContain("SLACK_BOT_TOKEN");
    expect(exitCode).toBe(0);
  });

  it("names a token that Slack does not know, with the page where the right one is, once", async () => {
    const place = await openPlace({ env: { SLACK_BOT_TOKEN: "xoxb-wrong-and-secret" } });
    const { findings, exitCode } = await diagnose(place);
    expect(troubles(findings)).toEqual({ "slack token": "fault" });
    expect(about(findings, "slack token")).toMatchObject({
      told: "Slack does not know this token (invalid_auth).",
      mend: expect.stringContaining("OAuth & Permissions"),
    });
    expect(exitCode).toBe(1);
  });

  it.each(["account_inactive", "token_revoked", "token_expired"])("tells %s in words", async (error) => {
    const place = await openPlace();
    place.slack.faults.failNext("auth.test", { error });
    const { findings } = await diagnose(place);
    expect(about(findings, "slack token").told).toMatch(new RegExp(`^(The|Slack) .*\\(${error}\\)\\.$`));
  });

  it.each<[string, PlaceOptions["seed"], string, string]>([
    ["users:read", { scopes: scopesWithout("users:read") }, "fault", "nobody gets an answer"],
    ["channels:history", { scopes: scopesWithout("channels:history") }, "warning", "after a crash a digest or a reply"],
  ])("says what a missing %s costs", async (scope, seed, state, cost) => {
    const place = await openPlace({ ...(seed ? { seed } : {}) });
    const { findings, exitCode } = await diagnose(place);
    expect(about(findings, "slack scopes")).toMatchObject({
      state,
      told: expect.stringContaining(cost),
      mend: `Add the scope ${scope} in the app's page under OAuth & Permissions and install it again.`,
    });
    expect(exitCode).toBe(state === "fault" ? 1 : 0);
  });

  it("says which scope it takes to know the bot's channels", async () => {
    const place = await openPlace({ seed: { scopes: scopesWithout("groups:read") } });
    const { findings } = await diagnose(place);
    expect(about(findings, "slack channels")).toMatchObject({
      state: "fault",
      told: "Slack does not tell without the scope groups:read.",
    });
  });

  it.each([
    ["not_allowed_token_type", "takes no token of this kind"],
    ["missing_scope", "lacks the scope connections:write"],
    ["socket_mode_is_off", "Slack refused: socket_mode_is_off"],
  ])("says how to turn Socket Mode on where it answers %s", async (error, told) => {
    const place = await openPlace();
    place.slack.faults.failNext("apps.connections.open", { error });
    const { findings, exitCode } = await diagnose(place);
    expect(about(findings, "slack connection").told).toContain(told);
    expect(about(findings, "slack connection").mend).toMatch(/turn on Socket Mode.*connections:write.*SLACK_APP_TOKEN/);
    expect(exitCode).toBe(1);
  });

  it("warns of a bot that is in no channel", async () => {
    const place = await openPlace();
    for (const channel of place.slack.workspace.channels.values()) channel.members.delete("U0HOOKTRIAGE");
    const { findings, exitCode } = await diagnose(place);
    expect(about(findings, "slack channels")).toMatchObject({
      state: "warning",
      mend: expect.stringContaining("/invite @Hooktriage"),
    });
    expect(exitCode).toBe(0);
  });

  it("that is down or out of order is a fault of Slack alone", async () => {
    const place = await openPlace();
    await place.slack.close();
    const { findings, exitCode } = await diagnose(place);
    expect(troubles(findings)).toEqual({ "slack token": "fault", "slack connection": "fault" });
    expect(about(findings, "slack token").told).toBe("Slack could not be reached: ECONNREFUSED.");
    expect(exitCode).toBe(1);
  });

  it.each([
    [{ status: 503 }, "fault", "Slack answered HTTP 503."],
    [{ status: 200, body: "<html>Sign in</html>" }, "fault", "none of Slack's"],
    ["drop" as const, "fault", "could not be reached"],
  ])("that answers %j is told", async (fault, state, told) => {
    const place = await openPlace();
    place.slack.faults.failNext("auth.test", fault);
    const { findings } = await diagnose(place);
    expect(about(findings, "slack token")).toMatchObject({ state, told: expect.stringContaining(told) });
  });

  it("that wants to be left alone for now is unknown, and is not waited for", async () => {
    const place = await openPlace();
    place.slack.faults.limit("auth.test", { calls: 5, retryAfterSeconds: 20 });
    const { findings, exitCode } = await diagnose(place);
    expect(about(findings, "slack token")).toMatchObject({
      state: "unknown",
      told: "Slack asks to be asked again in 20 s.",
    });
    expect(exitCode).toBe(1);
  });

  it("that hangs keeps nothing else from being told", async () => {
    const place = await openPlace({ checkLimitMs: 400 });
    place.slack.faults.failNext("auth.test", "timeout-after-post");
    const { findings } = await diagnose(place);
    expect(about(findings, "slack token").told).toContain("did not answer in time");
    expect(about(findings, "zendesk access").state).toBe("ok");
  });

  it("is never said back in a way that a terminal obeys, and no secret is", async () => {
    const place = await openPlace({ env: { SLACK_BOT_TOKEN: "xoxb-wrong-and-secret" } });
    const error = `${ESCAPE}[2J<!channel> xoxb-wrong-and-secret\n\u202eno`;
    place.slack.faults.failNext("auth.test", { error });
    place.slack.faults.failNext("apps.connections.open", { error });
    const { stdout } = await place.doctor();
    expect(obeyedIn(stdout)).toEqual([]);
    expect(stdout).not.toContain("wrong-and-secret");
    place.slack.faults.failNext("auth.test", { error });
    const json = (await place.doctor("--json")).stdout;
    expect(obeyedIn(json)).toEqual([]);
    expect(json).not.toContain("wrong-and-secret");
  });
});
