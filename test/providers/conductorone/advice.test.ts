import { describe, expect, it } from "vitest";
import { adviceFor, DPOP_DEMANDED, refusedClientAdvice } from "../../../src/providers/conductorone/advice.ts";
import type { ClientCredentials } from "../../../src/providers/conductorone/settings.ts";
import { CLIENT_SECRET } from "./settings.ts";

/** As much of a reason is shown in Slack. */
const SHOWN_CHARACTERS = 300;

function client(use: string, clientSecret = CLIENT_SECRET): ClientCredentials {
  return { kind: "client_credentials", clientId: `hydra@acme.conductor.one/${use}`, clientSecret };
}

describe("what is advised of ConductorOne", () => {
  it.each([
    ["pcc", "under API keys in your profile menu:"],
    ["spc", "under Directory > Service principals > Credentials:"],
    ["other", "under API keys in your profile menu or Directory > Service principals > Credentials:"],
  ])("names the screen where a client is kept: %s", (use, screen) => {
    expect(refusedClientAdvice(client(use))).toContain(screen);
  });

  it("is short enough to be shown whole, and names a variable or says whom to ask", () => {
    const clients = ["pcc", "spc"].flatMap((use) => [client(use), client(use, "opaque-secret")]);
    const advice = [
      DPOP_DEMANDED,
      ...clients.map(refusedClientAdvice),
      ...clients.flatMap((credentials) => Object.values<string>({ ...adviceFor(credentials) })),
      ...Object.values<string>({ ...adviceFor({ kind: "access_token", token: "t" }) }),
    ];
    for (const text of advice) {
      expect(text.length, text).toBeLessThanOrEqual(SHOWN_CHARACTERS);
      expect(text).toMatch(/CONDUCTORONE_|ConductorOne's status page|asks this tenant|scope/);
      expect(text).not.toContain("opaque-secret");
    }
  });
});
