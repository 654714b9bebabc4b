import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SandboxConductorOne } from "../../sandbox/conductorone/start.ts";
import { conductorOneEnv } from "../../sandbox/stage.ts";
import { invocationsDocument } from "../cli/documents.ts";
import { openTerminal, type Terminal } from "../cli/terminal.ts";
import { MORNING, type OpenStory, openStory } from "./stage.ts";

const HOUR_MS = 60 * 60_000;
const LAST_DAY = { from: new Date(MORNING.getTime() - 24 * HOUR_MS), to: MORNING };

let story: OpenStory;
let tenant: SandboxConductorOne;
let dataDir: string;
beforeAll(async () => {
  story = await openStory({ conductorone: true });
  if (!story.stage.conductorone) throw new Error("The stage has no ConductorOne.");
  tenant = story.stage.conductorone;
  dataDir = await mkdtemp(join(tmpdir(), "hooktriage-ways-back-"));
});
afterAll(async () => {
  await story?.stage.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function asks(line: string): Promise<void> {
  await story.person("dana").types("#ops", line);
  await story.settled();
}

function terminal(): Terminal {
  return openTerminal({ ...conductorOneEnv(tenant), DATA_DIR: dataDir }, story.clock.now());
}

function notShown(): string {
  const { length } = tenant.truth(LAST_DAY).unnamedExecutions;
  return `${length} failed automation ${length === 1 ? "run is" : "runs are"} not shown: ConductorOne does not tell whether a webhook was the reason.`;
}

describe("from a failed invocation back to what it belonged to", () => {
  it("leads to the access request by the number that people know it by", async () => {
    await asks("/hooks failures provider:conductorone last 24h");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    const [, number = ""] = /step of access request (\d+) · open in ConductorOne/.exec(answer.text) ?? [];
    expect(number).not.toBe("");
    expect(JSON.stringify(answer.message.blocks)).toContain(`${tenant.url}/task/${number}`);
  });

  it("says under the answer which failed automation runs it leaves out", async () => {
    expect(tenant.truth(LAST_DAY).unnamedExecutions).not.toEqual([]);
    await asks("/hooks failures provider:conductorone last 24h");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    expect(answer.text.split(notShown())).toHaveLength(2);
  });

  it("says of an automation run where its attempts are, and claims no zero", async () => {
    const { failedExecutions, unnamedExecutions } = tenant.truth(LAST_DAY);
    const run = failedExecutions.find((id) => !unnamedExecutions.includes(id)) ?? "";
    await asks(`/hooks invocation ${run}`);
    const one = await story.channel("#ops").expectMessage(`Invocation: ${run}`);
    await one.press("Attempts");
    const thread = await one.expectThread("Attempts: ");
    expect(thread.text).toContain("its execution log has them");
    expect(thread.text).not.toMatch(/\b0 attempts|[Nn]othing was sent/);
  });
});

describe("the command line on ConductorOne's invocations", () => {
  it("prints number, link and what is left out", async () => {
    const { stdout } = await terminal().run("invocations provider:conductorone last 24h");
    const [, number = ""] = /step of access request (\d+) \(\w{27}\)/.exec(stdout) ?? [];
    expect(stdout).toContain(`${tenant.url}/task/${number}`);
    expect(stdout).toContain(`Note: ${notShown()}`);
  });

  it("tells a run that it finds from ids that are nowhere", async () => {
    const { run } = terminal();
    const rows = await run("invocations provider:conductorone last 24h --json");
    expect(rows.stderr).toBe(notShown());
    const { invocations } = invocationsDocument.parse(JSON.parse(rows.stdout));
    const automated = invocations.find(({ source }) => source?.kind === "workflowStep");
    const { webhookId = "", id = "" } = automated ?? {};
    const found = await run(`attempts conductorone ${webhookId} ${id}`);
    expect(found).toMatchObject({ exitCode: 0, stderr: "" });
    expect(found.stdout).toContain("its execution log has them");
    expect(found.stdout).not.toContain("0 attempts");

    const unknown = await run(`attempts conductorone ${webhookId} 999999999999`);
    expect(unknown).toMatchObject({ exitCode: 1, stdout: "" });
    expect(unknown.stderr).toContain(`webhook ${webhookId}: knows no invocation 999999999999 of this webhook`);
    expect(unknown.stderr).toContain("Take both ids from");

    const nowhere = await run(`attempts conductorone nope ${id}`);
    expect(nowhere.exitCode).toBe(1);
    expect(nowhere.stderr).toContain(`webhook nope: has invocation ${id} at webhook ${webhookId}`);

    const both = await run("attempts conductorone nope 999999999999");
    expect(both.exitCode).toBe(1);
    expect(both.stderr).toContain("webhook nope: knows no such webhook, so no invocation 999999999999 of it");
  });
});
