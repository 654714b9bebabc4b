import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listenOnLoopback, stopListening } from "../../sandbox/loopback.ts";
import { type Demo, openDemo } from "../../sandbox/page/demo.ts";
import { openStage, type StageOptions } from "../../sandbox/stage.ts";

const NOW = new Date("2026-11-19T08:00:00Z");
/** Where the demo wants the second server that it starts. */
const ZENDESK_PORT = 4200;

let folder: string;
let blocker: Server;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stage-test-"));
  vi.stubEnv("TMPDIR", folder);
  blocker = createServer();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await stopListening(blocker);
  await rm(folder, { recursive: true, force: true });
});

/** What this process listens on. */
function heldOpen(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => kind === "TCPServerWrap");
}

async function block(port = 0): Promise<number> {
  const url = await listenOnLoopback(blocker, port);
  return Number(new URL(url).port);
}

describe("a stage of which one part does not start", () => {
  it.each<[part: string, options: (taken: number) => StageOptions]>([
    ["Slack", (taken) => ({ slackPort: taken })],
    ["Zendesk", (taken) => ({ zendeskPort: taken })],
    ["ConductorOne", (taken) => ({ conductorone: { port: taken } })],
  ])("leaves nothing open: %s finds its port taken", async (_part, options) => {
    const taken = await block();
    const before = heldOpen();
    await expect(openStage({ now: () => NOW, ...options(taken) })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await expect.poll(heldOpen).toEqual(before);
    expect(await readdir(folder)).toEqual([]);
  });

  it("leaves nothing open: the bot refuses its configuration", async () => {
    const before = heldOpen();
    const env = { ZENDESK_BASE_URL: "nowhere" };
    await expect(openStage({ now: () => NOW, conductorone: true, env })).rejects.toThrow(/ZENDESK_BASE_URL/);
    await expect.poll(heldOpen).toEqual(before);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("a demo of which one port is taken", () => {
  let demo: Demo | undefined;
  afterEach(async () => {
    await demo?.close();
  });

  it("goes on with free ports, and has closed all that it began with", async () => {
    // Somebody else's server there does as well.
    await block(ZENDESK_PORT).catch(() => undefined);
    const before = heldOpen();
    demo = await openDemo({ startsAt: NOW, isStill: true });
    const { slack, zendesk, conductorone } = demo.stage;
    const ports = [demo.url, slack.url, zendesk.url, conductorone?.url ?? ""].map((url) => Number(new URL(url).port));
    expect(ports.filter((one) => [4000, 4100, 4200, 4300].includes(one))).toEqual([]);
    expect((await fetch(demo.url)).status).toBe(200);
    await demo.close();
    await expect.poll(heldOpen).toEqual(before);
    expect(await readdir(folder)).toEqual([]);
  });
});
