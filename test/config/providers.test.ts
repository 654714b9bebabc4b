import { describe, expect, it } from "vitest";
import { loadConfig, readConfig } from "../../src/config.ts";
import { CLIENT_SECRET } from "../providers/conductorone/settings.ts";
import { faultsOf } from "./faults-of.ts";

const slack = { SLACK_BOT_TOKEN: "xoxb-1-secretvalue", SLACK_APP_TOKEN: "xapp-1-secretvalue" };
const bot = { ...slack, ZENDESK_SUBDOMAIN: "acme", ZENDESK_ACCESS_TOKEN: "zendesk-secret" };

describe("Zendesk's variables", () => {
  const client = { ZENDESK_OAUTH_CLIENT_ID: "hooks", ZENDESK_OAUTH_CLIENT_SECRET: "client-secret" };
  const token = { ZENDESK_ACCESS_TOKEN: "access-token" };
  const api = { ZENDESK_EMAIL: "joe@example.com", ZENDESK_API_TOKEN: "api-token" };

  it.each([
    [
      { ...client, ...token, ...api },
      { kind: "client_credentials", clientId: "hooks", clientSecret: "client-secret" },
    ],
    [
      { ...token, ...api },
      { kind: "access_token", token: "access-token" },
    ],
    [api, { kind: "api_token", email: "joe@example.com", token: "api-token" }],
  ])("are taken best first", (credentials, expected) => {
    expect(loadConfig({ ZENDESK_SUBDOMAIN: "acme", ...credentials }, "cli").zendesk?.credentials).toEqual(expected);
  });

  it.each([
    [{ ZENDESK_SUBDOMAIN: "Acme-2" }, "https://acme-2.zendesk.com"],
    [{ ZENDESK_BASE_URL: "http://127.0.0.1:4100/" }, "http://127.0.0.1:4100"],
    [{ ZENDESK_BASE_URL: "https://support.example.com", ZENDESK_SUBDOMAIN: "acme" }, "https://support.example.com"],
  ])("tell the address: %j", (address, baseUrl) => {
    expect(loadConfig({ ...token, ...address }, "cli").zendesk?.baseUrl).toBe(baseUrl);
  });

  it.each([
    [
      { ZENDESK_SUBDOMAIN: "acme.zendesk.com" },
      'ZENDESK_SUBDOMAIN: "acme.zendesk.com" is the whole host; give acme alone.',
    ],
    [
      { ZENDESK_SUBDOMAIN: "https://acme.zendesk.com/agent" },
      'ZENDESK_SUBDOMAIN: "acme.zendesk.com" is the whole host; give acme alone.',
    ],
    [{ ZENDESK_SUBDOMAIN: "help.example.com" }, "ZENDESK_SUBDOMAIN: is an address; give the first part"],
    [{ ZENDESK_SUBDOMAIN: "-acme" }, 'ZENDESK_SUBDOMAIN: "-acme" is no subdomain'],
    [{ ZENDESK_SUBDOMAIN: "" }, "ZENDESK_SUBDOMAIN: missing"],
    [
      { ZENDESK_BASE_URL: "https://acme.zendesk.com/api/v2" },
      "ZENDESK_BASE_URL: has more than a host; give https://acme.zendesk.com.",
    ],
    [{ ZENDESK_BASE_URL: "https://joe:hunter2@acme.zendesk.com" }, "ZENDESK_BASE_URL: holds user info"],
    [
      { ZENDESK_BASE_URL: "http://acme.zendesk.com" },
      "ZENDESK_BASE_URL: is not encrypted; give https://acme.zendesk.com",
    ],
    [{ ZENDESK_BASE_URL: "acme" }, "ZENDESK_BASE_URL: is no web address"],
    [{ ZENDESK_ACCESS_TOKEN: "" }, "ZENDESK_OAUTH_CLIENT_ID: no credentials for Zendesk"],
    [{ ZENDESK_OAUTH_CLIENT_ID: "hooks" }, "ZENDESK_OAUTH_CLIENT_SECRET: missing; ZENDESK_OAUTH_CLIENT_ID is set"],
    [{ ZENDESK_API_TOKEN: "hunter2" }, "ZENDESK_EMAIL: missing; ZENDESK_API_TOKEN is set"],
    [{ ZENDESK_EMAIL: "joe@example.com/token", ZENDESK_API_TOKEN: "hunter2" }, "ZENDESK_EMAIL: is no e-mail address"],
    [{ ZENDESK_ACCESS_TOKEN: "Bearer hunter2" }, "ZENDESK_ACCESS_TOKEN: has white space inside"],
  ])("are refused where %j", (change, fault) => {
    const faults = faultsOf({ ...bot, ...change });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
    expect(faults[0]).not.toContain("hunter2");
  });
});

describe("ConductorOne's variables", () => {
  const id = "strange-hydra-68836@acme.conductor.one/pcc";
  const secret = CLIENT_SECRET;

  it.each([
    [
      { CONDUCTORONE_CLIENT_ID: id, CONDUCTORONE_CLIENT_SECRET: secret, CONDUCTORONE_ACCESS_TOKEN: "x" },
      {
        baseUrl: "https://acme.conductor.one",
        credentials: { kind: "client_credentials", clientId: id, clientSecret: secret },
      },
    ],
    [
      { CONDUCTORONE_CLIENT_ID: id, CONDUCTORONE_CLIENT_SECRET: secret, CONDUCTORONE_SERVER_URL: "http://localhost:9" },
      {
        baseUrl: "http://localhost:9",
        credentials: { kind: "client_credentials", clientId: id, clientSecret: secret },
      },
    ],
    [
      { CONDUCTORONE_ACCESS_TOKEN: "abc", CONDUCTORONE_SERVER_URL: "https://acme.conductor.one" },
      { baseUrl: "https://acme.conductor.one", credentials: { kind: "access_token", token: "abc" } },
    ],
    [
      { CONDUCTORONE_ACCESS_TOKEN: "abc", CONDUCTORONE_CLIENT_ID: id },
      { baseUrl: "https://acme.conductor.one", credentials: { kind: "access_token", token: "abc" } },
    ],
  ])("tell address and credentials, and suffice by themselves", (env, expected) => {
    expect(loadConfig(env, "cli").conductorone).toEqual(expected);
  });

  it.each([
    [
      { CONDUCTORONE_CLIENT_ID: id },
      "CONDUCTORONE_CLIENT_SECRET: missing, while CONDUCTORONE_CLIENT_ID is set and needs it; set the secret that",
    ],
    [
      { CONDUCTORONE_CLIENT_SECRET: secret },
      "CONDUCTORONE_CLIENT_ID: missing, while CONDUCTORONE_CLIENT_SECRET is set and needs it; set the client id that",
    ],
    [{ CONDUCTORONE_CLIENT_ID: "acme", CONDUCTORONE_CLIENT_SECRET: secret }, "CONDUCTORONE_CLIENT_ID: is no client id"],
    [
      { CONDUCTORONE_CLIENT_ID: "hydra@acme.conductor.one", CONDUCTORONE_CLIENT_SECRET: secret },
      "CONDUCTORONE_CLIENT_ID: is no client id: it lacks its end, /pcc, /spc or the like; give it whole",
    ],
    [
      { CONDUCTORONE_CLIENT_ID: id, CONDUCTORONE_CLIENT_SECRET: "secret-token:conductorone.com:v2:hunter2" },
      "CONDUCTORONE_CLIENT_SECRET: has another version than v1 after its prefix, or none; copy it again",
    ],
    [
      { CONDUCTORONE_CLIENT_ID: id, CONDUCTORONE_CLIENT_SECRET: `${secret.slice(0, -20)}` },
      "CONDUCTORONE_CLIENT_SECRET: has a last part that holds no JWK, so it is cut short or altered",
    ],
    [
      { CONDUCTORONE_CLIENT_ID: id, CONDUCTORONE_CLIENT_SECRET: "eyJhbGciOiJFZERTQSJ9.e30.c2ln" },
      "CONDUCTORONE_CLIENT_SECRET: is an access token or another signed token, no client secret; set the secret",
    ],
    [
      { CONDUCTORONE_CLIENT_ID: id, CONDUCTORONE_ACCESS_TOKEN: secret },
      "CONDUCTORONE_ACCESS_TOKEN: holds a client secret, which is no access token; move it to CONDUCTORONE_CLIENT_SECRET",
    ],
    [{ CONDUCTORONE_ACCESS_TOKEN: "abc" }, "CONDUCTORONE_SERVER_URL: missing"],
    [{ CONDUCTORONE_SERVER_URL: "https://acme.conductor.one" }, "CONDUCTORONE_CLIENT_ID: no credentials"],
  ])("are refused where only %j", (env, fault) => {
    const faults = faultsOf(env, "cli");
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });

  it.each([
    { CONDUCTORONE_SERVER_URL: "acme.conductor.one" },
    { CONDUCTORONE_SERVER_URL: "http://acme.conductor.one" },
    { CONDUCTORONE_CLIENT_ID: "hydra@acme", CONDUCTORONE_SERVER_URL: "https://acme.conductor.one" },
    { CONDUCTORONE_CLIENT_SECRET: `${secret} ${secret}` },
    { CONDUCTORONE_ACCESS_TOKEN: "a b" },
  ])("are left out whole where one has a fault, and lead to no other host: %j", (change) => {
    const env = { CONDUCTORONE_CLIENT_ID: id, CONDUCTORONE_CLIENT_SECRET: secret, ...change };
    const { config, faults } = readConfig(env, "cli");
    expect(faults).toHaveLength(1);
    expect(config.conductorone).toBeUndefined();
  });

  it.each([
    ["/webhooks/{webhookId}/instances", "/webhooks/{webhookId}/instances"],
    ["/api/v1/hook-history/{webhookId}", "/hook-history/{webhookId}"],
  ])("may name a path to the instances: %s", (path, instancesPath) => {
    const env = { CONDUCTORONE_ACCESS_TOKEN: "abc", CONDUCTORONE_CLIENT_ID: id, CONDUCTORONE_INSTANCES_PATH: path };
    expect(loadConfig(env, "cli").conductorone).toMatchObject({ instancesPath });
  });

  it.each([
    "webhooks/{webhookId}",
    "https://evil.example/{webhookId}",
    "/webhooks",
    "/{webhookId}/../{webhookId}",
    "/../../{webhookId}",
    "/webhooks/{webhookId}?page_size=1",
    "/webhooks/{webhookId}/",
  ])("are refused with the path %s", (path) => {
    const env = { CONDUCTORONE_ACCESS_TOKEN: "abc", CONDUCTORONE_CLIENT_ID: id, CONDUCTORONE_INSTANCES_PATH: path };
    expect(faultsOf(env, "cli")).toEqual([expect.stringMatching(/^CONDUCTORONE_INSTANCES_PATH: is no path with/)]);
  });
});
