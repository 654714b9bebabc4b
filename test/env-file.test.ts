import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AS_NPM_RUNS } from "./support/as-npm-runs.ts";

const SRC = join(import.meta.dirname, "../src");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hooktriage-start-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program in a folder with this `.env`, and with no variable but those given. */
async function run(
  program: string,
  envFile: string,
  env: Record<string, string> = {},
  words = program === "main.ts" ? [] : ["webhooks"],
) {
  writeFileSync(join(folder, ".env"), envFile);
  const child = spawn(process.execPath, [...AS_NPM_RUNS, join(SRC, program), ...words], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 20_000,
  });
  const [[exitCode], stdout, stderr] = await Promise.all([
    once(child, "close"),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { exitCode, stdout, stderr };
}

it("is a finding for doctor --json, which ends with 2", async () => {
  const env = { ZENDESK_BASE_URL: "http://127.0.0.1:1", ZENDESK_ACCESS_TOKEN: "of-zendesk" };
  const { exitCode, stdout, stderr } = await run("cli/main.ts", "SLACK_BOT_TOKEN: hunter2\n", env, [
    "doctor",
    "--json",
  ]);
  expect(JSON.parse(stdout).findings[0]).toMatchObject({
    check: "configuration",
    state: "fault",
    told: expect.stringContaining("cannot be used: line 1 is not NAME=value"),
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "" });
});

describe.each(["main.ts", "cli/main.ts"])("started in a folder with a .env, %s", (program) => {
  it("ends with one line and code 2 when the file cannot be used", async () => {
    const { exitCode, stdout, stderr } = await run(program, "SLACK_BOT_TOKEN: hunter2\n");
    expect(stderr).toBe(
      `${join(folder, ".env")} cannot be used: line 1 is not NAME=value, nor a comment that starts with #.\n`,
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });

  it("takes its variables from there, but for those that are set, be it to nothing", async () => {
    const { exitCode, stderr } = await run(
      program,
      "ZENDESK_SUBDOMAIN=acme\nZENDESK_ACCESS_TOKEN=of-the-file\nLOG_LEVEL=loud\n",
      { ZENDESK_ACCESS_TOKEN: "", TZ_DEFAULT: "Mars" },
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('LOG_LEVEL: "loud" is no log level');
    expect(stderr).toContain("no credentials for Zendesk");
    expect(stderr).toContain('TZ_DEFAULT: "Mars"');
    expect(stderr).not.toContain("no provider is configured");
  });
});
