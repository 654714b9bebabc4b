import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Call, UsageError } from "../../src/cli/command.ts";
import { failures } from "../../src/cli/failures.ts";
import { HELP } from "../../src/cli/help.ts";
import { loadConfig } from "../../src/config.ts";
import { NOW } from "./account.ts";
import { obeyedIn } from "./obeyed.ts";
import { openTerminal } from "./terminal.ts";

/** Nobody listens there, and nothing may be made there: bad usage needs neither. */
const ENV = { ZENDESK_BASE_URL: "http://127.0.0.1:1", ZENDESK_ACCESS_TOKEN: "x", DATA_DIR: "/dev/null/nowhere" };

const ESCAPE = String.fromCodePoint(0x1b);
const CSI = String.fromCodePoint(0x9b);
const OVERRIDE = String.fromCodePoint(0x202e);

describe("what cannot be understood", () => {
  it.each([
    [["doktor"], "Did you mean doctor?"],
    [["fialures", "last", "7", "days"], "Did you mean failures last 7 days?"],
    [["last 24h"], "Did you mean failures last 24h?"],
    [
      ["status"],
      "“status” is not a subcommand.\nSubcommands: failures, invocations, attempts, webhooks, test, doctor.",
    ],
    [["failures", "colour:red"], "“colour:” is not a term I know"],
    [["failures", "code:999"], "is not a status code"],
    [["failures", "provider:okta"], "Configured: zendesk."],
    [["failures", 'webhook:"Jira sync'], "never closed"],
    [["failures", "from 2026-11-20 to 2026-11-19"], "ends before it starts"],
    [["failures", "from 2026-12-01 to 2026-12-02"], "lies in the future"],
    [["webhooks", "last", "7"], "needs a unit"],
    [["failures", "in Mars/Olympus"], "There is no time zone “Mars/Olympus”"],
    [["invocations", "x".repeat(3_000)], "That is 3,000 characters long; 500 is the most I read."],
    [["x".repeat(3_000)], "is not a subcommand"],
    [["🚀"], "“🚀” is not a subcommand"],
    [["مزامنة الموارد"], "is not a subcommand"],
    [["constructor"], "is not a subcommand"],
    [["failures", "--yaml"], "There is no flag “--yaml”. Flags: --json, --evidence sample|all, --yes, --help."],
    [["failures", "--evidence", "some"], '--evidence takes "sample" or "all", not “some”.'],
    [["failures", "--evidence"], '--evidence takes "sample" or "all".'],
    [["attempts"], "Usage: attempts <provider> <webhookId> <invocationId>"],
    [["attempts", "zendesk", "A"], "Usage: attempts"],
    [["attempts", "zendesk", "A", "B", "C"], "Usage: attempts"],
    [["attempts", "zd", "A", "B"], "Did you mean zendesk?"],
    [["attempts", "okta", "A", "B"], "There is no provider “okta” here. Set up: zendesk."],
    [["test"], "Usage: test <provider> <webhookId>"],
    [["test", "zendesk", "A", "B", "--yes"], "Usage: test"],
    [["test", "zd", "A", "--yes"], "Did you mean zendesk?"],
    [["test", "zendesk", "A"], "add --yes to send it"],
  ])("%j ends with exit code 2 and says what is wrong", async (argv, told) => {
    const { stdout, stderr, exitCode } = await openTerminal({ ...ENV }).run(argv);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain(told);
    expect(stderr.length).toBeLessThan(600);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("gets an example that works", async () => {
    const { stderr } = await openTerminal({ ...ENV }).run("invocations code:5xx since noon yesterdya");
    expect(stderr).toMatch(/^This works: invocations /m);
    expect(stderr).toMatch(/^Understood: invocations, .*code 5xx/m);
  });

  it.each([
    [[`fai${ESCAPE}[31mlures${ESCAPE}]0;owned`]],
    [["failures", `--${CSI}2J${OVERRIDE}`]],
    [["failures", `provider:${ESCAPE}[2J`]],
    [["attempts", `${OVERRIDE}zendesk\r`, "A", "B"]],
  ])("is never said back in a way that the terminal obeys: %j", async (argv) => {
    const { stderr, exitCode } = await openTerminal({ ...ENV }).run(argv);
    expect(exitCode).toBe(2);
    expect(obeyedIn(stderr)).toEqual([]);
  });

  it("is told in a few lines, whatever the text", () => {
    const call: Omit<Call, "text"> = {
      config: loadConfig(ENV, "cli"),
      flags: { json: false, evidence: "sample" },
      command: "failures",
      providers: ["zendesk"],
      now: NOW,
    };
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), (text) => {
        try {
          failures({ ...call, text });
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          expect(String(error).split("\n").length).toBeLessThan(8);
        }
      }),
    );
  });
});

describe("help", () => {
  it.each(["--help", "-h", "help", "failures --help", "nonsense --help"])("is printed for `%s`", async (line) => {
    expect(await openTerminal({}).run(line)).toEqual({ stdout: HELP, stderr: "", exitCode: 0 });
  });

  it.each([[[]], [["--json"]], [[""]]])(
    "stands on stderr, with exit code 2, where there is no command: %j",
    async (argv) => {
      expect(await openTerminal({}).run(argv)).toEqual({ stdout: "", stderr: HELP, exitCode: 2 });
    },
  );
});

describe("a configuration with faults", () => {
  it("is refused with exit code 2, and all faults are told at once", async () => {
    const env = {
      ZENDESK_BASE_URL: "http://zendesk.example.com",
      LOG_LEVEL: "loud",
      TZ_DEFAULT: "Mars",
      RETENTION_DAYS: "x",
    };
    const { stdout, stderr, exitCode } = await openTerminal(env).run("failures");
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    for (const name of ["ZENDESK_BASE_URL", "ZENDESK_ACCESS_TOKEN", "LOG_LEVEL", "TZ_DEFAULT", "RETENTION_DAYS"]) {
      expect(stderr).toContain(name);
    }
  });

  it("without a provider is no answer of zero", async () => {
    const { stdout, stderr, exitCode } = await openTerminal({}).run("failures");
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain("no provider is configured");
  });
});
