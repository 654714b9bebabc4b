import { describe, expect, it } from "vitest";
import { parseSubcommand } from "../../src/triage/subcommand.ts";

describe("subcommands", () => {
  const NAMES = ["failures", "invocations", "invocation", "webhooks", "status", "help"] as const;
  const ALL = "Subcommands: failures, invocations, invocation, webhooks, status, help.";

  it.each([
    ["", { name: "failures", rest: "" }],
    ["   ", { name: "failures", rest: "" }],
    ["failures", { name: "failures", rest: "" }],
    ["  Failures  last 24h ", { name: "failures", rest: "last 24h" }],
    ["invocation 01HX", { name: "invocation", rest: "01HX" }],
    ["invocations\nlast 7 days", { name: "invocations", rest: "last 7 days" }],
  ])("%j is read as %j", (text, expected) => {
    expect(parseSubcommand(text, NAMES)).toEqual({ ok: true, ...expected });
  });

  it.each([
    ["failurs last 24h", "failurs", "Did you mean failures last 24h?"],
    ["fail", "fail", "Did you mean failures?"],
    ["webhook", "webhook", "Did you mean webhooks?"],
    ["yesterday", "yesterday", "Did you mean failures yesterday?"],
    ["last 24h", "last", "Did you mean failures last 24h?"],
    ["provider:zendesk", "provider:zendesk", "Did you mean failures provider:zendesk?"],
    ["Jira sync", "Jira", ALL],
    ["<!channel>", "<!channel>", ALL],
    ["🔥", "🔥", ALL],
    ["x".repeat(3000), `${"x".repeat(59)}…`, ALL],
  ])("%s is an unknown subcommand, never a search", (text, word, suggestion) => {
    const fault = { what: `“${word}” is not a subcommand.`, suggestion, example: "failures last 24h" };
    expect(parseSubcommand(text, NAMES)).toEqual({ ok: false, fault });
  });
});
