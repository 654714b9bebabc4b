import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { SandboxConductorOne } from "../../sandbox/conductorone/start.ts";
import { conductorOneEnv } from "../../sandbox/stage.ts";
import { failuresDocument, invocationsDocument } from "../cli/documents.ts";
import { openTerminal } from "../cli/terminal.ts";
import { MORNING, type OpenStory, openStory } from "./stage.ts";

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
const LAST_DAY = { from: new Date(MORNING.getTime() - DAY_MS), to: MORNING };

let story: OpenStory;
let tenant: SandboxConductorOne;
beforeAll(async () => {
  story = await openStory({ conductorone: true });
  tenant = present(story.stage.conductorone);
});
afterAll(() => story?.stage.close());
afterEach(() => {
  story.stage.zendesk.heal();
  tenant.heal();
});

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("The stage has no ConductorOne.");
  return value;
}

/** So much time before now, by the story's clock. */
function lastMs(ms: number): { from: Date; to: Date } {
  const to = story.clock.now();
  return { from: new Date(to.getTime() - ms), to };
}

/** Dana types it in #ops, and all that comes of it has come: a first answer reads hundreds of trails. */
async function asks(line: string): Promise<void> {
  await story.person("dana").types("#ops", line);
  await story.settled();
}

describe("asking which webhooks of ConductorOne fail", () => {
  it("answers for them alone, and says what that meant for people", async () => {
    await asks("/hooks failures provider:conductorone last 24h");
    const answer = await story.channel("#ops").expectMessage(/\d+ failed invocations in \d+ issues/);
    const truth = tenant.truth(LAST_DAY);
    expect(answer.text).toContain(`${truth.totals.failed} failed invocations`);
    expect(answer.text).toMatch(/What it meant: \d+ access requests fell back to manual provisioning/);
    expect(answer.text).toContain(`${truth.manual.length} access requests fell back to manual provisioning`);
    expect(answer.text).toContain("· ConductorOne");
    expect(answer.text).not.toContain("· Zendesk");
    expect(answer.text).not.toContain("Not everything is known");
    expect(answer.text).toMatch(
      /fatal error · (provisioning|approval) step of access request \d+ · open in ConductorOne/,
    );
    answer.expectButtons("Attempts");
  });

  it("opens the timeline of an invocation in the thread, and says why there is no more", async () => {
    const ops = story.channel("#ops");
    await asks('/hooks failures webhook:"ServiceNow provisioning" last 24h');
    const answer = await ops.expectMessage("failed invocations");
    await answer.press("Attempts");
    const thread = await answer.expectThread("Attempts: ");
    expect(thread.text).toMatch(/State/);
    expect(thread.text).toMatch(/Error: /);
    expect(thread.text).toContain("ConductorOne's public API");
    expect(thread.text).toContain("Admin > Settings > Webhooks, View history");
    expect(thread.text).not.toContain("Response body");
    await answer.press("Attempts", { as: "omar" });
    await thread.expectUpdate("Attempts: ");
    expect(answer.thread()).toHaveLength(1);
  });

  it("says of an automation's run where its attempts are, and never that there were none", async () => {
    await asks('/hooks invocations webhook:"Laptop orders" last 24h');
    const list = await story.channel("#ops").expectMessage("automation run");
    await list.press("Attempts");
    const thread = await list.expectThread("Attempts: Laptop orders");
    expect(thread.text).toContain("its execution log has them");
    expect(thread.text).toMatch(/error · ended /);
    expect(thread.text).not.toMatch(/\b0 attempts|nothing was sent|lists no attempts/i);
  });

  it("lists invocations one by one, and shows a single one with what it belonged to", async () => {
    const ops = story.channel("#ops");
    await asks("/hooks invocations provider:conductorone status:fatal_error last 24h");
    const list = await ops.expectMessage("failed invocations");
    expect(list.text).toContain("What it meant: ");
    await list.press("Attempts");
    const thread = await list.expectThread(/Invocation \w{27} · ConductorOne/);
    const id = /Invocation (\w{27}) · ConductorOne/.exec(thread.text)?.[1] ?? "";
    await asks(`/hooks invocation ${id}`);
    const one = await ops.expectMessage(`Invocation: ${id}`);
    expect(one.text).toMatch(/Sent because of: .+ of access request \d+ \(\w{27}\)/);
  });
});

describe("asking of both providers at once", () => {
  it("covers both where none is named", async () => {
    await asks("/hooks failures last 24h");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    const failed = tenant.truth(LAST_DAY).totals.failed + story.stage.zendesk.truth(LAST_DAY).totals.failed;
    expect(answer.text).toContain(`${failed} failed invocations`);
    expect(answer.text).not.toContain("Not everything is known");
    await asks("/hooks webhooks");
    const table = await story.channel("#ops").expectMessage(/\d+ webhooks: \d+ failing/);
    expect(table.text).toContain("ConductorOne");
    expect(table.text).toContain("Zendesk");
  });

  it("leaves Zendesk's answer whole while ConductorOne is down, and names that as unknown", async () => {
    story.clock.pass(HOUR_MS);
    tenant.fail("html-200");
    await asks("/hooks failures last 30 minutes");
    const answer = await story.channel("#ops").expectMessage("Not everything is known");
    expect(answer.text).toMatch(/ConductorOne.*: unknown/);
    expect(answer.text).not.toMatch(/Zendesk.*unknown/);
    const { failed } = story.stage.zendesk.truth(lastMs(HOUR_MS / 2)).totals;
    expect(answer.text).toContain(`At least ${failed} failed invocations`);
    expect(answer.text).not.toContain("· ConductorOne");
  });

  it("leaves ConductorOne's answer whole and sure while Zendesk is down, and names that as unknown", async () => {
    story.clock.pass(HOUR_MS);
    story.stage.zendesk.fail("text-error");
    await asks("/hooks failures last 24h");
    const answer = await story.channel("#ops").expectMessage("Not everything is known");
    expect(answer.text).toMatch(/Zendesk.*unknown/);
    expect(answer.text).not.toMatch(/ConductorOne.*unknown/);
    const { manual } = tenant.truth(lastMs(DAY_MS));
    expect(answer.text).toContain(`What it meant: ${manual.length} access requests fell back to manual provisioning`);
  });

  it("tells of both in a digest", async () => {
    await asks("/hooks digest now");
    const digest = await story.channel("#ops").expectMessage("Digest: ");
    expect(digest.text).toMatch(/What it meant: \d+ access requests? fell back to manual provisioning/);
  });
});

describe("the command line over both", () => {
  async function terminal() {
    const dataDir = await mkdtemp(join(tmpdir(), "hooktriage-both-"));
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const { zendesk } = story.stage;
    const env = {
      ZENDESK_BASE_URL: zendesk.url,
      ZENDESK_ACCESS_TOKEN: "sandbox-access-token",
      ...conductorOneEnv(tenant),
      DATA_DIR: dataDir,
    };
    return openTerminal(env, story.clock.now());
  }

  it("prints one document with the coverage of both, and exits 0", async () => {
    const { run } = await terminal();
    const window = lastMs(DAY_MS);
    const { stdout, stderr, exitCode } = await run("failures last 24h --json");
    expect(exitCode).toBe(0);
    // The document has no place for it.
    expect(stderr).toMatch(/^\d+ failed automation runs? (?:is|are) not shown: [^\n]+$/);
    const { coverage, issues, totals, requests } = failuresDocument.parse(JSON.parse(stdout));
    const truths = [story.stage.zendesk.truth(window), tenant.truth(window)];
    expect(totals.failed).toBe(truths.reduce((sum, truth) => sum + truth.totals.failed, 0));
    for (const [index, provider] of ["zendesk", "conductorone"].entries()) {
      const entries = coverage.filter((entry) => entry.provider === provider);
      expect(entries.map(({ webhookId }) => webhookId).toSorted()).toEqual(
        [...(truths[index]?.webhooks.keys() ?? [])].toSorted(),
      );
      expect(entries.every(({ state }) => state === "complete")).toBe(true);
      const ids = issues.filter((issue) => issue.provider === provider).flatMap(({ invocationIds }) => invocationIds);
      const failed = [...(truths[index]?.webhooks.values() ?? [])].flatMap((webhook) => webhook.failed);
      expect(ids.toSorted()).toEqual(failed.toSorted());
      expect(requests[provider]).toBeGreaterThan(0);
    }
  });

  it("tells what is known, names the one that is down, and exits 1", async () => {
    const { run } = await terminal();
    tenant.fail("503");
    const { stdout, exitCode } = await run("failures last 24h --json");
    expect(exitCode).toBe(1);
    const { coverage, issues } = failuresDocument.parse(JSON.parse(stdout));
    const states = (provider: string) => [
      ...new Set(coverage.filter((entry) => entry.provider === provider).map(({ state }) => state)),
    ];
    expect(states("zendesk")).toEqual(["complete"]);
    expect(states("conductorone")).toEqual(["unknown"]);
    expect(issues.length).toBeGreaterThan(0);
    expect(issues.every(({ provider }) => provider === "zendesk")).toBe(true);
  });

  it("says in words what it meant, and why attempts are a timeline alone", async () => {
    const { run } = await terminal();
    const { stdout } = await run("failures provider:conductorone last 24h");
    expect(stdout).toMatch(/What it meant: \d+ access requests fell back to manual provisioning/);
    const command = /Attempts: (attempts conductorone \w+ \w+)/.exec(stdout)?.[1] ?? "";
    const attempts = await run(command);
    expect(attempts).toMatchObject({ exitCode: 0, stderr: "" });
    expect(attempts.stdout).toContain("View history");
    const rows = await run("invocations provider:conductorone last 24h --json");
    const { invocations } = invocationsDocument.parse(JSON.parse(rows.stdout));
    expect(invocations.map(({ source }) => source?.kind)).toContain("provisionStep");
  });
});
