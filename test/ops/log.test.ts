import { LogLevel } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { boltLogger, createLog, type LogOptions } from "../../src/ops/log.ts";

function open(level: LogOptions["level"] = "debug") {
  const lines: string[] = [];
  const log = createLog({ level, destination: { write: (line) => lines.push(line) }, secrets: ["our-own-credential"] });
  const entries = (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line));
  return { log, lines, entries };
}

describe("the log", () => {
  it("writes a line of JSON an entry, with an ISO time and the level's name", () => {
    const { log, lines, entries } = open();
    log.child({ requestId: "r-1" }).info({ webhookId: "01ABC" }, "collected");
    expect(lines).toHaveLength(1);
    expect(lines[0]?.endsWith("}\n")).toBe(true);
    expect(entries()[0]).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      requestId: "r-1",
      webhookId: "01ABC",
      msg: "collected",
    });
  });

  it("leaves out what is below its level", () => {
    const { log, lines } = open("warn");
    log.info("quiet");
    log.warn("heard");
    expect(lines).toHaveLength(1);
  });

  it("writes nothing when it is silent", () => {
    const { log, lines } = open("silent");
    log.fatal("nobody hears it");
    expect(lines).toEqual([]);
  });

  it("shows no secret: not in messages, fields, children, errors, stacks or causes", () => {
    const { log, lines, entries } = open();
    const error = new Error("POST https://u:hunter2@h.example/x with our-own-credential by joe@example.com", {
      cause: new Error("Authorization: Bearer hunter2hunter2"),
    });
    Object.assign(error, {
      config: { headers: { authorization: "Bearer hunter2hunter2" }, body: '{"password":"hunter2"}' },
    });
    log
      .child({ session: "hunter2" })
      .error({ err: error, error, nested: [{ apiKey: "hunter2" }] }, 'said {"token":"hunter2"}');
    expect(lines.join("")).not.toMatch(/hunter2|our-own-credential|joe@/);
    expect(entries()[0]).toMatchObject({ level: "error", msg: 'said {"token":"[redacted]"}', err: { type: "Error" } });
  });

  it("survives what cannot be written as JSON", () => {
    const { log, entries } = open();
    const circular: Record<string, unknown> = { big: 1n };
    circular.self = circular;
    log.info({ circular }, "odd \ud800");
    expect(entries()).toHaveLength(1);
  });
});

describe("the log for Slack's libraries", () => {
  it("joins the parts of a message and keeps the error", () => {
    const { log, entries } = open();
    const logger = boltLogger(log);
    logger.setName("socket");
    logger.warn("lost", { attempt: 2 }, new Error("ECONNRESET"));
    expect(entries()[0]).toMatchObject({
      level: "warn",
      source: "slack",
      name: "socket",
      msg: "lost { attempt: 2 } ECONNRESET",
      err: { message: "ECONNRESET" },
    });
  });

  it("masks tokens in what it is given", () => {
    const { log, lines } = open();
    boltLogger(log).debug("apiCall('auth.test') start", { token: "xoxb-1234-hunter2" });
    expect(lines.join("")).not.toContain("hunter2");
  });

  it("has a level of its own", () => {
    const { log, lines } = open("info");
    const logger = boltLogger(log);
    expect(logger.getLevel()).toBe(LogLevel.INFO);
    logger.setLevel(LogLevel.ERROR);
    expect(logger.getLevel()).toBe(LogLevel.ERROR);
    logger.warn("quiet");
    log.info("heard");
    expect(lines).toHaveLength(1);
  });
});
