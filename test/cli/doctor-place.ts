import { makeScenario } from "../../sandbox/scenario/make-scenario.ts";
import { type SandboxSlack, type SlackOptions, startSlack } from "../../sandbox/slack/server.ts";
import { type SandboxZendesk, startZendesk } from "../../sandbox/zendesk/start.ts";
import { runCli } from "../../src/cli/main.ts";
import type { Finding } from "../../src/triage/finding.ts";
import { newFolder } from "../store/databases.ts";
import { closing } from "./terminal.ts";

export const NOW = new Date("2026-11-21T12:00:00.000Z");

/** Somebody's installation, with the sandbox around it. All clocks stand still, each where it was set. */
export interface Place {
  slack: SandboxSlack;
  zendesk: SandboxZendesk;
  env: NodeJS.ProcessEnv;
  doctor(...flags: string[]): Promise<Told>;
}

export interface Told {
  stdout: string;
  stderr: string;
  exitCode: number;
}

export interface PlaceOptions {
  seed?: SlackOptions["seed"];
  env?: Record<string, string>;
  /** What Slack's and Zendesk's clocks show. */
  theirTime?: Date;
  checkLimitMs?: number;
}

const SCENARIO = makeScenario({ seed: 7, now: NOW, size: "demo" });

export async function openPlace({ seed, env, theirTime = NOW, checkLimitMs }: PlaceOptions = {}): Promise<Place> {
  const slack = await closing(startSlack({ now: () => theirTime, ...(seed ? { seed } : {}) }));
  const zendesk = await closing(
    startZendesk({ now: () => theirTime, scenario: SCENARIO, accessToken: "sandbox-access-token" }),
  );
  const place: Place = {
    slack,
    zendesk,
    env: {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      ZENDESK_BASE_URL: zendesk.url,
      ZENDESK_ACCESS_TOKEN: "sandbox-access-token",
      DATA_DIR: newFolder(),
      ...env,
    },
    async doctor(...flags) {
      const { signal } = new AbortController();
      let waitedMs = 0;
      const pace = {
        random: () => 0.5,
        async wait(ms: number) {
          waitedMs += ms;
        },
        ...(checkLimitMs === undefined ? {} : { checkLimitMs }),
      };
      const now = () => new Date(NOW.getTime() + waitedMs);
      const { stdout, stderr = "", exitCode } = await runCli(["doctor", ...flags], place.env, now, signal, pace);
      return { stdout, stderr, exitCode };
    },
  };
  return place;
}

/** The findings of `doctor --json`, which is one document. */
export async function diagnose(place: Place): Promise<{ findings: Finding[]; exitCode: number }> {
  const { stdout, exitCode } = await place.doctor("--json");
  const { asOf, findings } = JSON.parse(stdout);
  if (Number.isNaN(Date.parse(asOf)) || !Array.isArray(findings)) throw new Error(`No such document: ${stdout}`);
  return { findings, exitCode };
}

/** What is found of one thing; throws where nothing is. */
export function about(findings: readonly Finding[], check: string): Finding {
  const found = findings.find((finding) => finding.check === check);
  if (found) return found;
  throw new Error(`Nothing of ${check} in ${findings.map((finding) => finding.check).join(", ")}.`);
}

/** By check, what is not in order. */
export function troubles(findings: readonly Finding[]): Record<string, string> {
  return Object.fromEntries(findings.filter(({ state }) => state !== "ok").map(({ check, state }) => [check, state]));
}
