import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SandboxZendesk } from "../../sandbox/zendesk/start.ts";
import { failuresDocument } from "../cli/documents.ts";
import { openTerminal } from "../cli/terminal.ts";
import { newPostgresDatabase } from "../store/databases.ts";
import { MIXED_STORM, mixedStorm, TRUE_COUNTS } from "./mixed-storm.ts";
import { MORNING, type OpenStory, openStory } from "./stage.ts";

const DAY_MS = 24 * 60 * 60_000;
const FAILED = [...TRUE_COUNTS.values()].reduce((sum, count) => sum + count);

type Issues = ReturnType<typeof failuresDocument.parse>["issues"];

describe("a storm of mixed failures", () => {
  let story: OpenStory;
  let databaseUrl: string;
  beforeAll(async () => {
    databaseUrl = await newPostgresDatabase();
    // Only the documented shape tells why nothing answered.
    story = await openStory({ scenario: mixedStorm(MORNING), zendeskShape: "documented", databaseUrl });
  });
  afterAll(() => story?.stage.close());

  async function failures(terms = "", store = databaseUrl): Promise<{ issues: Issues; exitCode: number }> {
    const env = {
      ZENDESK_BASE_URL: story.stage.zendesk.url,
      ZENDESK_ACCESS_TOKEN: "sandbox-access-token",
      DATABASE_URL: store,
    };
    const { stdout, exitCode } = await openTerminal(env, MORNING).run(`failures ${terms} last 24h --json`);
    return { issues: failuresDocument.parse(JSON.parse(stdout)).issues, exitCode };
  }

  it("is shown in Slack as a handful of issues, each with its count and what to do", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks failures last 24h");
    const answer = await story.channel("#ops").expectMessage("failed invocations");
    expect(answer.text).toMatch(new RegExp(`${FAILED} failed invocations in ${TRUE_COUNTS.size} issues`));
    expect(answer.text).toContain("Billing export");
    expect(answer.text).toContain("Next");
  });

  it("is told by the command line as what really happened, to the invocation", async () => {
    const { issues, exitCode } = await failures();
    expect(exitCode).toBe(0);
    expect(issues.map(({ webhook, invocationIds }) => told(webhook.name, invocationIds)).toSorted()).toEqual(
      truth(story.stage.zendesk).toSorted(),
    );
    expect(issues.every(({ count, invocationIds }) => count === invocationIds.length)).toBe(true);
    expect(issues.filter(({ estimated }) => estimated).length).toBeGreaterThan(0);
    const categories = issues
      .filter(({ webhook }) => webhook.name === "HR onboarding")
      .map(({ cause }) => cause.category);
    expect(categories.toSorted()).toEqual(["connect", "dns", "tls"]);
  });

  it("is narrowed by cause and by code, in Slack and on the command line alike", async () => {
    const { issues } = await failures("cause:dns");
    expect(issues.map(({ webhook, count }) => [webhook.name, count])).toEqual([["HR onboarding", 25]]);
    const ofCode = await failures("code:503");
    expect(ofCode.issues.map(({ webhook, count }) => `${webhook.name} ${count}`).toSorted()).toEqual([
      "Billing export 20",
      "Billing export 40",
      "Billing export 60",
    ]);
    await story.person("dana").types("#ops", "/hooks failures cause:tls last 24h");
    const answer = await story.channel("#ops").expectMessage("15 failed invocations in 1 issue");
    expect(answer.text).not.toContain("Billing export");
    await story.person("dana").types("#ops", "/hooks failures code:422 last 24h");
    await story.channel("#ops").expectMessage("42 failed invocations in 2 issues");
  });

  it("keeps its issues' ids over a restart, and in a store that begins anew", async () => {
    const before = (await failures()).issues.map(({ id, count }) => [id, count]);
    await story.stage.restart();
    expect((await failures()).issues.map(({ id, count }) => [id, count])).toEqual(before);
    const elsewhere = await failures("", await newPostgresDatabase());
    expect(elsewhere.issues.map(({ id, count }) => [id, count])).toEqual(before);
  });
});

function told(name: string, ids: readonly string[]): string {
  return `${name}: ${ids.toSorted().join(" ")}`;
}

function truth(zendesk: SandboxZendesk): string[] {
  const { webhooks } = zendesk.truth({ from: new Date(MORNING.getTime() - DAY_MS), to: MORNING });
  return zendesk.webhooks.flatMap(({ id, name }) => {
    const causes = [...(webhooks.get(id)?.failedByCause ?? [])];
    expect(causes.map(([cause]) => cause).toSorted()).toEqual(
      (MIXED_STORM[name] ?? []).map(({ cause }) => cause).toSorted(),
    );
    return causes.map(([, ids]) => told(name, ids));
  });
}
