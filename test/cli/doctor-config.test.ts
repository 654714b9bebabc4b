import { describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/main.ts";
import { EnvFileError } from "../../src/config/env-file.ts";
import { newFolder } from "../store/databases.ts";
import { about, diagnose, NOW, openPlace, troubles } from "./doctor-place.ts";

describe("doctor, of the configuration", () => {
  it("tells every fault with its mend, looks at what it can all the same, and ends with 2", async () => {
    const place = await openPlace({ env: { TZ_DEFAULT: "Mars/Olympus", RETENTION_DAYS: "x", LOG_LEVEL: "loud" } });
    const { findings, exitCode } = await diagnose(place);
    const wrong = findings.filter(({ check }) => check === "configuration");
    expect(wrong.map(({ told }) => /^[A-Z_]+/.exec(told)?.[0]).toSorted()).toEqual([
      "LOG_LEVEL",
      "RETENTION_DAYS",
      "TZ_DEFAULT",
    ]);
    expect(wrong.every(({ state, mend }) => state === "fault" && /^[A-Z].*\.$/.test(mend ?? ""))).toBe(true);
    expect(about(findings, "zendesk access").state).toBe("ok");
    expect(about(findings, "slack token").state).toBe("ok");
    expect(exitCode).toBe(2);
  });

  it("ends with 2 where nothing is set at all", async () => {
    const place = await openPlace();
    place.env = { DATA_DIR: newFolder() };
    const { findings, exitCode } = await diagnose(place);
    expect(troubles(findings)).toEqual({ configuration: "fault", "slack token": "warning" });
    expect(exitCode).toBe(2);
  });

  it("does not take the embedded database for one that is named wrongly, nor repeats its password", async () => {
    const place = await openPlace({ env: { DATABASE_URL: "mysql://hooks:hunter2hunter2@db/hooks" } });
    const { stdout, exitCode } = await place.doctor();
    expect(stdout).toContain("Not looked at, since DATABASE_URL has a fault.");
    expect(stdout).not.toContain("hunter2");
    expect(exitCode).toBe(2);
  });

  it("tells which part of a client secret of ConductorOne is malformed, and repeats none of it", async () => {
    const env = {
      CONDUCTORONE_CLIENT_ID: "strange-hydra-68836@acme.conductor.one/pcc",
      CONDUCTORONE_CLIENT_SECRET: "secret-token:conductorone.com:v1:hunter2hunter2",
    };
    const place = await openPlace({ env });
    for (const name of ["ZENDESK_BASE_URL", "ZENDESK_ACCESS_TOKEN"]) delete place.env[name];
    const { stdout } = await place.doctor();
    expect(stdout).toContain("CONDUCTORONE_CLIENT_SECRET: has a last part that holds no JWK");
    expect(stdout).toContain("Copy it again, whole");
    expect(stdout).not.toContain("hunter2");
  });

  it("tells as a finding that .env cannot be used, and goes on with what is set", async () => {
    const place = await openPlace();
    const envFault = new EnvFileError("/srv/.env cannot be used: line 3 is not NAME=value.");
    const { signal } = new AbortController();
    const { stdout, exitCode } = await runCli(["doctor", "--json"], place.env, () => NOW, signal, { envFault });
    const { findings } = JSON.parse(stdout);
    expect(about(findings, "configuration")).toMatchObject({ state: "fault", told: envFault.message });
    expect(about(findings, "slack token").state).toBe("ok");
    expect(exitCode).toBe(2);
    const other = await runCli(["webhooks"], place.env, () => NOW, signal, { envFault });
    expect(other).toEqual({ stdout: "", stderr: envFault.message, exitCode: 2 });
  });

  it("takes no words", async () => {
    const place = await openPlace();
    const { stdout, stderr, exitCode } = await place.doctor("please");
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain("doctor takes nothing but --json");
  });
});
