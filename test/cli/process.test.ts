import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { usedDataDir } from "../store/used-data-dir.ts";
import { AS_NPM_RUNS } from "../support/as-npm-runs.ts";
import { failuresDocument, invocationsDocument } from "./documents.ts";
import { startWireZendesk, type WireRow, type WireZendesk } from "./wire-zendesk.ts";

const MAIN = join(import.meta.dirname, "../../src/cli/main.ts");
const HOOK = "01KORDERS0000000000000000A";
const PAGES = 4;
/** What a pipe takes before its reader reads, in bytes. https://man7.org/linux/man-pages/man7/pipe.7.html */
const LARGEST_PIPE = 65_536;
const MINUTE_MS = 60_000;

/** A folder of its own for each test, so that none finds what another has read. */
let dataDir: string;
let zendesk: WireZendesk;
/** Ends when the provider gets a request that it leaves without an answer. */
let asked: PromiseWithResolvers<void>;
let mode: "well" | "hanging" | "out of order" = "well";

beforeEach(async () => {
  dataDir = await usedDataDir();
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

beforeAll(async () => {
  zendesk = await startWireZendesk(
    [{ id: HOOK, name: "Order sync", pages: pagesUntil(Date.now()) }],
    {},
    (path, response) => {
      if (mode === "well" || (mode === "out of order" && path.startsWith("/api/v2/webhooks?"))) return false;
      if (mode === "out of order") response.writeHead(404).end("gone");
      else asked.resolve();
      return true;
    },
  );
});

afterAll(() => zendesk.close());

/** A failure every 4 minutes, 100 a page. */
function pagesUntil(nowMs: number): WireRow[][] {
  return Array.from({ length: PAGES }, (_, page) =>
    Array.from({ length: 100 }, (_, row): WireRow => {
      const number = page * 100 + row;
      const at = new Date(nowMs - MINUTE_MS - number * 4 * MINUTE_MS);
      const id = `01M7YZ${String(number).padStart(20, "0")}`;
      return {
        id,
        status_code: 403,
        status: "terminated",
        latest_completed_at: at.toISOString().replace(/\.\d+Z/, "Z"),
      };
    }),
  );
}

/** Runs the command line as a person does. It gets no other variable than those of its own, and no `.env`. */
function start(line: string, env: NodeJS.ProcessEnv = {}) {
  return spawn(process.execPath, [...AS_NPM_RUNS, MAIN, ...line.split(" ")], {
    cwd: dataDir,
    env: { ZENDESK_BASE_URL: zendesk.url, ZENDESK_ACCESS_TOKEN: "x", DATA_DIR: dataDir, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function endOf(child: ReturnType<typeof start>) {
  const [[exitCode, signal], stdout, stderr] = await Promise.all([
    once(child, "close"),
    child.stdout.destroyed ? "" : text(child.stdout),
    text(child.stderr),
  ]);
  return { stdout, stderr, exitCode, signal };
}

describe("the command line as a process", () => {
  it("prints one document, whole, and nothing else", async () => {
    const { stdout, stderr, exitCode } = await endOf(start("failures last 7 days --json"));
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    const { totals, issues } = failuresDocument.parse(JSON.parse(stdout));
    expect(totals).toEqual({ failed: PAGES * 100, pending: 0 });
    expect(issues[0]?.invocationIds).toHaveLength(PAGES * 100);
  });

  it("ends quietly when its reader has gone", async () => {
    const child = start("failures last 7 days --json");
    child.stdout.destroy();
    expect(await endOf(child)).toEqual({ stdout: "", stderr: "", exitCode: 0, signal: null });
  });

  it("logs on stderr alone, with one request id", async () => {
    mode = "out of order";
    const env = { LOG_LEVEL: "trace", DATA_DIR: join(dataDir, "of-its-own") };
    const { stdout, stderr, exitCode } = await endOf(start("failures last 2 days --json", env));
    mode = "well";
    expect(exitCode).toBe(1);
    expect(failuresDocument.parse(JSON.parse(stdout)).coverage).toMatchObject([{ webhookId: HOOK, state: "unknown" }]);
    const lines = stderr.trim().split("\n");
    const entries = lines.map((line) => JSON.parse(line));
    expect(entries.map(({ level }) => level)).toContain("warn");
    expect([...new Set(entries.map(({ requestId }) => requestId))]).toEqual([expect.stringMatching(/^[0-9a-f]{10}$/)]);
  });

  it("works on a temporary store while another has the folder, and ends at once when interrupted", async () => {
    mode = "hanging";
    asked = Promise.withResolvers();
    const holder = start("failures last 24h --json");
    await asked.promise;
    mode = "well";
    const other = await endOf(start("invocations last 7 days --json"));
    expect(other.stderr).toBe(`${dataDir} is in use by another Hooktriage: working on a temporary store.\n`);
    expect(other.exitCode).toBe(0);
    expect(invocationsDocument.parse(JSON.parse(other.stdout)).invocations).toHaveLength(PAGES * 100);
    expect(other.stdout.length).toBeGreaterThan(LARGEST_PIPE);
    holder.kill("SIGINT");
    expect(await endOf(holder)).toEqual({ stdout: "", stderr: "Interrupted.\n", exitCode: 130, signal: null });
  });
});
