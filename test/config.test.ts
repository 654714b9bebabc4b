import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../src/config.ts";
import { faultsOf } from "./config/faults-of.ts";

const slack = { SLACK_BOT_TOKEN: "xoxb-1-secretvalue", SLACK_APP_TOKEN: "xapp-1-secretvalue" };
const zendesk = { ZENDESK_SUBDOMAIN: "acme", ZENDESK_ACCESS_TOKEN: "zendesk-secret" };
const bot = { ...slack, ...zendesk };

describe("a good environment", () => {
  it("is read with its defaults", () => {
    expect(loadConfig(bot, "bot")).toEqual({
      slack: {
        botToken: "xoxb-1-secretvalue",
        apiUrl: "https://slack.com/api/",
        mode: { kind: "socket", appToken: "xapp-1-secretvalue" },
      },
      sharedChannels: [],
      zendesk: { baseUrl: "https://acme.zendesk.com", credentials: { kind: "access_token", token: "zendesk-secret" } },
      conductorone: undefined,
      databaseUrl: undefined,
      dataDir: "./data",
      logLevel: "info",
      timeZone: "UTC",
      retentionDays: 30,
      healthPort: 3001,
      secrets: ["xoxb-1-secretvalue", "xapp-1-secretvalue", "zendesk-secret"],
    });
  });

  it("is trimmed, and an empty variable is an unset one", () => {
    const env = { ...bot, ZENDESK_SUBDOMAIN: " acme\n", TZ_DEFAULT: "", HEALTH_PORT: "  ", ZENDESK_EMAIL: "" };
    expect(loadConfig(env, "bot")).toEqual(loadConfig(bot, "bot"));
  });

  it("needs nothing of Slack's for the command line", () => {
    expect(loadConfig({ ...zendesk, SLACK_BOT_TOKEN: "xapp-1", PORT: "x" }, "cli").slack).toBeUndefined();
  });

  it("may hold what we do not know", () => {
    expect(faultsOf({ ...bot, PATH: "/bin", HOOKS_COLOUR: "red" })).toEqual([]);
  });
});

describe("Slack's variables", () => {
  it("mean Socket Mode with both an app token and a signing secret", () => {
    const { slack: settings } = loadConfig({ ...bot, SLACK_SIGNING_SECRET: "abc" }, "bot");
    expect(settings?.mode.kind).toBe("socket");
  });

  it.each([
    [undefined, 3000],
    ["8080", 8080],
  ])("mean HTTP with a signing secret alone, PORT=%s", (PORT, port) => {
    const env = { ...bot, SLACK_APP_TOKEN: "", SLACK_SIGNING_SECRET: "abc", PORT };
    expect(loadConfig(env, "bot").slack?.mode).toEqual({ kind: "http", signingSecret: "abc", port });
  });

  it.each(["any-token-of-another-server", "xoxe.xoxb-1-abc"])("take %s for a bot token", (SLACK_BOT_TOKEN) => {
    expect(loadConfig({ ...bot, SLACK_BOT_TOKEN }, "bot").slack?.botToken).toBe(SLACK_BOT_TOKEN);
  });

  it.each([
    ["http://127.0.0.1:4000/api", "http://127.0.0.1:4000/api/"],
    ["http://localhost:4000/api/", "http://localhost:4000/api/"],
    ["http://[::1]:4000/slack/api/", "http://[::1]:4000/slack/api/"],
    ["https://slack.example.com/api/", "https://slack.example.com/api/"],
  ])("take %s for an API address", (SLACK_API_URL, expected) => {
    expect(loadConfig({ ...bot, SLACK_API_URL }, "bot").slack?.apiUrl).toBe(expected);
  });

  it.each([
    [
      { SLACK_BOT_TOKEN: "xapp-1-oops" },
      "SLACK_BOT_TOKEN: holds an app-level token (xapp-…) where a bot token is needed",
    ],
    [{ SLACK_BOT_TOKEN: "xoxp-1-oops" }, "SLACK_BOT_TOKEN: holds a user token"],
    [{ SLACK_APP_TOKEN: "xoxb-1-oops" }, "SLACK_APP_TOKEN: holds a bot token"],
    [{ SLACK_BOT_TOKEN: "xoxb-1 oops" }, "SLACK_BOT_TOKEN: has white space inside"],
    [{ SLACK_BOT_TOKEN: "" }, "SLACK_BOT_TOKEN: missing"],
    [{ SLACK_APP_TOKEN: "" }, "SLACK_APP_TOKEN: missing, and SLACK_SIGNING_SECRET too"],
    [{ SLACK_API_URL: "https://slack.com/" }, "SLACK_API_URL: does not end in /api/"],
    [{ SLACK_API_URL: "https://slack.com/api/?a=b" }, "SLACK_API_URL: does not end in /api/"],
    [
      { SLACK_API_URL: "http://slack.example.com/api/" },
      "SLACK_API_URL: is not encrypted; give https://slack.example.com/api/ (http:",
    ],
    [{ SLACK_API_URL: "http://127.evil.example/api/" }, "SLACK_API_URL: is not encrypted"],
    [{ SLACK_API_URL: "ftp://localhost/api/" }, "SLACK_API_URL: is no web address"],
    [{ SLACK_SHARED_CHANNELS: "C0123, general" }, 'SLACK_SHARED_CHANNELS: "general" is no channel id'],
  ])("are refused where %j", (change, fault) => {
    const faults = faultsOf({ ...bot, ...change });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
    expect(faults[0]).not.toContain("oops");
  });

  it("do not have a hint spoilt by a credential as short as one letter", () => {
    const [fault] = faultsOf({ ...bot, ZENDESK_ACCESS_TOKEN: "x", SLACK_API_URL: "http://slack.example.com/api/" });
    expect(fault).toContain("give https://slack.example.com/api/");
  });

  it("list shared channels", () => {
    expect(loadConfig({ ...bot, SLACK_SHARED_CHANNELS: "C0123, G0456,,C0123" }, "bot").sharedChannels).toEqual([
      "C0123",
      "G0456",
    ]);
  });
});

describe("the other variables", () => {
  it.each([
    ["LOG_LEVEL", "DEBUG", { logLevel: "debug" }],
    ["TZ_DEFAULT", "europe/berlin", { timeZone: "Europe/Berlin" }],
    ["RETENTION_DAYS", "3650", { retentionDays: 3650 }],
    ["HEALTH_PORT", "0", { healthPort: 0 }],
    ["DATA_DIR", "/var/lib/hooks", { dataDir: "/var/lib/hooks" }],
    ["DATABASE_URL", "postgresql://u:p@db/hooks", { databaseUrl: "postgresql://u:p@db/hooks" }],
  ])("%s=%s", (name, value, expected) => {
    expect(loadConfig({ ...bot, [name]: value }, "bot")).toMatchObject(expected);
  });

  it.each([
    ["LOG_LEVEL", "waarn", 'LOG_LEVEL: "waarn" is no log level; did you mean warn?'],
    ["LOG_LEVEL", "loudest", "give one of fatal, error, warn, info, debug, trace, silent."],
    ["TZ_DEFAULT", "Europe/Berln", 'TZ_DEFAULT: "Europe/Berln" is no IANA time zone; did you mean Europe/Berlin'],
    ["TZ_DEFAULT", "+02:00", 'TZ_DEFAULT: "+02:00" is no IANA time zone; give one such as Europe/Berlin.'],
    ["RETENTION_DAYS", "0", 'RETENTION_DAYS: "0" is not a number of days; give a whole number from 1 to 3650.'],
    ["RETENTION_DAYS", "3651", "from 1 to 3650"],
    ["HEALTH_PORT", "65536", 'HEALTH_PORT: "65536" is not a port; give a whole number from 0 to 65535.'],
    ["HEALTH_PORT", "1e3", "HEALTH_PORT"],
    ["PORT", "-1", "PORT"],
    ["DATABASE_URL", "mysql://u:hunter2@db/x", "DATABASE_URL: is no PostgreSQL address"],
  ])("%s=%s is refused", (name, value, fault) => {
    const faults = faultsOf({ ...bot, [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
    expect(faults[0]).not.toContain("hunter2");
  });

  it("refuse one port for two servers", () => {
    const env = { ...zendesk, SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "abc", PORT: "3001" };
    expect(faultsOf(env)[0]).toContain("HEALTH_PORT: 3001 is the port of Slack's requests");
  });
});

describe("faults", () => {
  it("are named all at once", () => {
    const faults = faultsOf({
      ZENDESK_SUBDOMAIN: "a b",
      ZENDESK_EMAIL: "x@y.zz",
      LOG_LEVEL: "?",
      PORT: "x",
      TZ_DEFAULT: "Mars",
    });
    expect(faults.map((fault) => fault.split(":")[0])).toEqual([
      "SLACK_BOT_TOKEN",
      "PORT",
      "SLACK_APP_TOKEN",
      "ZENDESK_SUBDOMAIN",
      "ZENDESK_API_TOKEN",
      "LOG_LEVEL",
      "TZ_DEFAULT",
    ]);
  });

  it("say so when no provider is configured", () => {
    expect(faultsOf({}, "cli")).toEqual([expect.stringContaining("no provider is configured")]);
  });

  it("never show a secret, wherever it was put, and nothing but faults is ever thrown", () => {
    const names = [
      "SLACK_BOT_TOKEN",
      "SLACK_APP_TOKEN",
      "SLACK_SIGNING_SECRET",
      "SLACK_API_URL",
      "SLACK_SHARED_CHANNELS",
      "PORT",
      "ZENDESK_SUBDOMAIN",
      "ZENDESK_BASE_URL",
      "ZENDESK_OAUTH_CLIENT_ID",
      "ZENDESK_OAUTH_CLIENT_SECRET",
      "ZENDESK_ACCESS_TOKEN",
      "ZENDESK_EMAIL",
      "ZENDESK_API_TOKEN",
      "CONDUCTORONE_CLIENT_ID",
      "CONDUCTORONE_CLIENT_SECRET",
      "CONDUCTORONE_SERVER_URL",
      "CONDUCTORONE_ACCESS_TOKEN",
      "CONDUCTORONE_INSTANCES_PATH",
      "DATABASE_URL",
      "LOG_LEVEL",
      "TZ_DEFAULT",
      "RETENTION_DAYS",
      "HEALTH_PORT",
    ];
    const secret = "hunter2 Tr0ub4dor";
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom(secret, `https://u:${secret}@h/`, "https://acme.example", "1", "acme"),
    );
    const env = fc.dictionary(fc.constantFrom(...names), value);
    fc.assert(
      fc.property(env, fc.constantFrom("bot" as const, "cli" as const), (given, needs) => {
        const message = faultsOf({ ...given, ZENDESK_API_TOKEN: secret }, needs).join("\n");
        expect(message).not.toContain(secret);
      }),
      { numRuns: 200 },
    );
  });
});

describe("secrets for masking", () => {
  it("are the credentials in each form in which they travel", () => {
    const { secrets } = loadConfig(
      {
        ...slack,
        ZENDESK_SUBDOMAIN: "acme",
        ZENDESK_EMAIL: "joe@example.com",
        ZENDESK_API_TOKEN: "api-token",
        DATABASE_URL: "postgres://u:p%40ss@db/x",
      },
      "bot",
    );
    expect(secrets).toEqual([
      "xoxb-1-secretvalue",
      "xapp-1-secretvalue",
      "api-token",
      "postgres://u:p%40ss@db/x",
      "p%40ss",
      "p@ss",
      Buffer.from("joe@example.com/token:api-token").toString("base64"),
    ]);
  });
});
