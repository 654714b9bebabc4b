import { describe, expect, it } from "vitest";
import { startConductorOne } from "../../sandbox/conductorone/start.ts";
import { about, diagnose, NOW, openPlace } from "./doctor-place.ts";
import { closing } from "./terminal.ts";

async function tenant(theirTime = NOW) {
  const conductorone = await closing(startConductorOne({ seed: 7, now: () => theirTime }));
  const env = {
    CONDUCTORONE_SERVER_URL: conductorone.url,
    CONDUCTORONE_CLIENT_ID: conductorone.clientId,
    CONDUCTORONE_CLIENT_SECRET: conductorone.clientSecret,
  };
  return { conductorone, place: await openPlace({ env }) };
}

describe("doctor, of ConductorOne", () => {
  it("says as whom it reads what, and how many webhooks there are", async () => {
    const { conductorone, place } = await tenant();
    const { findings } = await diagnose(place);
    expect(about(findings, "conductorone access")).toMatchObject({
      state: "ok",
      told: expect.stringContaining(
        `Reads the webhooks and tasks of ${conductorone.url} with client credentials, as user`,
      ),
    });
    expect(about(findings, "conductorone webhooks")).toMatchObject({
      state: "ok",
      told: expect.stringContaining("webhooks"),
    });
    expect(about(findings, "zendesk access").state).toBe("ok");
  });

  it.each([
    { CONDUCTORONE_SERVER_URL: "acme.conductor.one" },
    { CONDUCTORONE_SERVER_URL: "http://acme.conductor.one" },
    { CONDUCTORONE_CLIENT_SECRET: "eyJhbGciOiJFZERTQSJ9.e30.c2ln" },
    { CONDUCTORONE_INSTANCES_PATH: "/webhooks" },
  ])("asks nobody, the client id's host neither, where a variable has a fault: %j", async (change) => {
    const { conductorone, place } = await tenant();
    const [name = ""] = Object.keys(change);
    const { host } = new URL(conductorone.url);
    place.env = { ...place.env, CONDUCTORONE_CLIENT_ID: `dusty-heron-40417@${host}/spc`, ...change };
    const { findings, exitCode } = await diagnose(place);
    expect(about(findings, "configuration")).toMatchObject({ state: "fault", told: expect.stringContaining(name) });
    expect(about(findings, "conductorone access")).toEqual({
      check: "conductorone access",
      state: "unknown",
      told: `Not asked, since ${name} has a fault: no credential was sent.`,
      mend: `Correct ${name} and run it again.`,
    });
    expect(conductorone.requests).toEqual([]);
    expect(about(findings, "zendesk access").state).toBe("ok");
    expect(exitCode).toBe(2);
  });

  it("warns of a secret that does not look like one, and asks with it", async () => {
    const { conductorone, place } = await tenant();
    place.env.CONDUCTORONE_CLIENT_SECRET = "hunter2hunter2";
    const { stdout } = await place.doctor();
    const { findings } = await diagnose(place);
    expect(about(findings, "conductorone credentials")).toMatchObject({
      state: "warning",
      told: expect.stringContaining("does not begin with secret-token:conductorone.com:v1:"),
    });
    expect(about(findings, "conductorone access")).toMatchObject({
      state: "fault",
      mend: expect.stringContaining("Directory > Service principals"),
    });
    expect(conductorone.requests.length).toBeGreaterThan(0);
    expect(stdout).not.toContain("hunter2");
  });

  it("does not blame the secret where tokens are given and refused", async () => {
    const { conductorone, place } = await tenant();
    conductorone.fail("old-token", { times: 100 });
    const { findings } = await diagnose(place);
    expect(about(findings, "conductorone access")).toMatchObject({
      state: "fault",
      told: expect.stringContaining(`Asked was ${conductorone.url}.`),
      mend: expect.stringContaining("gave a token for CONDUCTORONE_CLIENT_ID, and then refused it"),
    });
  });

  it("says what to change where DPoP is demanded", async () => {
    const { conductorone, place } = await tenant();
    conductorone.fail("dpop");
    const { findings, exitCode } = await diagnose(place);
    expect(about(findings, "conductorone access")).toMatchObject({
      state: "fault",
      mend: expect.stringContaining('turn "Require DPoP" off'),
    });
    expect(exitCode).toBe(1);
  });

  it("blames the clock where a signed request is refused and the clocks differ", async () => {
    const { place } = await tenant(new Date(NOW.getTime() + 10 * 60_000));
    const { findings } = await diagnose(place);
    const { state, mend } = about(findings, "conductorone access");
    expect({ state, mend }).toEqual({
      state: "fault",
      mend: expect.stringContaining("10 minutes behind ConductorOne's"),
    });
  });

  it("prints no part of the secret, whatever happens", async () => {
    const { conductorone, place } = await tenant();
    conductorone.fail("bad-client");
    const { stdout, stderr } = await place.doctor();
    for (const part of [conductorone.clientSecret, conductorone.clientSecret.split(":")[3] ?? "?"])
      expect(stdout + stderr).not.toContain(part);
    expect(stdout).toContain("sp_disabled");
  });
});
