import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { newFolder } from "../store/databases.ts";
import { about, diagnose, NOW, openPlace, troubles } from "./doctor-place.ts";

const MAIN = join(import.meta.dirname, "../../src/cli/main.ts");

describe("doctor, where all is well", () => {
  it("says so of each thing that it looked at, and ends with 0", async () => {
    const place = await openPlace();
    const { findings, exitCode } = await diagnose(place);
    expect(troubles(findings)).toEqual({});
    expect(exitCode).toBe(0);
    expect(findings.map(({ check }) => check)).toEqual([
      "configuration",
      "node",
      "time zones",
      "database",
      "disk space",
      "slack token",
      "slack scopes",
      "clock against Slack",
      "slack connection",
      "slack channels",
      "zendesk access",
      "zendesk rate limit",
      "clock against Zendesk",
      "zendesk webhooks",
    ]);
    expect(about(findings, "slack token").told).toBe("Signed in to Northwind Support as hooktriage.");
    expect(about(findings, "zendesk access").told).toContain("with an access token");
    expect(about(findings, "zendesk rate limit").told).toMatch(/^100 requests a minute, \d+ left/);
    expect(about(findings, "zendesk webhooks").told).toBe("12 webhooks, 11 active.");
  });

  it("opens no connection of Socket Mode, posts nothing and makes no database", async () => {
    const place = await openPlace();
    await diagnose(place);
    const methods = place.slack.journal.entries.map(({ method }) => method);
    expect([...new Set(methods)].toSorted()).toEqual(["apps.connections.open", "auth.test", "users.conversations"]);
    const { findings } = await diagnose(place);
    expect(about(findings, "database").told).toContain("the first start makes it");
  });

  it("prints a line for each, as a person reads it", async () => {
    const place = await openPlace();
    const { stdout, stderr, exitCode } = await place.doctor();
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(stdout).toMatch(/^All is in order: 14 findings · as of Sat 21 Nov 12:00:00\n\nok {2}configuration/);
    expect(stdout).toContain("Signed in to Northwind Support as hooktriage.");
  });

  it("is, as a process, one document on stdout and nothing anywhere else", async () => {
    const { env } = await openPlace({ theirTime: new Date() });
    const child = spawn(process.execPath, [MAIN, "doctor", "--json"], { env, cwd: newFolder() });
    const [stdout, stderr, [exitCode]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(troubles(JSON.parse(stdout).findings)).toEqual({});
  });

  it("says of HTTP where it listens, and that nobody can check that from here", async () => {
    const place = await openPlace({
      env: { SLACK_APP_TOKEN: "", SLACK_SIGNING_SECRET: "s3cr3t-s1gn1ng", PORT: "3456" },
    });
    const { findings, exitCode } = await diagnose(place);
    expect(about(findings, "slack connection")).toMatchObject({
      state: "ok",
      told: expect.stringMatching(/port 3456, path \/slack\/events.*cannot be checked/),
    });
    expect(exitCode).toBe(0);
  });
});

describe("doctor, of clocks", () => {
  it.each([
    [90_000, "warning", 0],
    [-10 * 60_000, "fault", 1],
  ])("that are %i ms apart: %s", async (apartMs, state, exitCode) => {
    const place = await openPlace({ theirTime: new Date(NOW.getTime() - apartMs) });
    const found = await diagnose(place);
    expect(troubles(found.findings)).toEqual({ "clock against Slack": state, "clock against Zendesk": state });
    expect(found.exitCode).toBe(exitCode);
  });
});
