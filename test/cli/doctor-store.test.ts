import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { sql } from "kysely";
import { describe, expect, it, onTestFinished } from "vitest";
import { claimAccount } from "../../src/store/accounts.ts";
import { openDatabase } from "../../src/store/database.ts";
import { addSubscription } from "../../src/store/subscriptions.ts";
import type { DigestSubscription } from "../../src/triage/digest/subscription.ts";
import { newFolder, newPostgresDatabase } from "../store/databases.ts";
import { about, diagnose, NOW, openPlace } from "./doctor-place.ts";

const SUBSCRIPTION: DigestSubscription = {
  id: "01M7Z000000000000000000001",
  channel: "",
  schedule: { days: "every_day", minuteOfDay: 540, timeZone: "Europe/Berlin" },
  terms: "",
  allClear: "line",
  createdBy: "U0DANA",
  createdAt: NOW,
};

/** Takes connections and never says a word. */
async function silentPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

describe("doctor, of the store", () => {
  it("tells the steps of its schema, on a server and in files, and changes nothing", async () => {
    const databaseUrl = await newPostgresDatabase();
    const place = await openPlace({ env: { DATABASE_URL: databaseUrl } });
    const empty = about((await diagnose(place)).findings, "database");
    expect(empty.told).toMatch(
      /^It answers: a PostgreSQL server; 0 of \d+ schema steps are made, the next start makes 0001/,
    );
    expect(about((await diagnose(place)).findings, "database")).toEqual(empty);
    await (await openDatabase({ databaseUrl })).close();
    expect(about((await diagnose(place)).findings, "database").told).toContain("its schema is up to date");
    place.env.DATABASE_URL = "";
    await (await openDatabase({ dataDir: place.env.DATA_DIR })).close();
    const { findings, exitCode } = await diagnose(place);
    expect(about(findings, "database").told).toMatch(/^It answers: embedded, in .*its schema is up to date\.$/);
    expect(exitCode).toBe(0);
  });

  it("that does not answer is named without its password", async () => {
    const place = await openPlace({ env: { DATABASE_URL: "postgres://hooks:hunter2hunter2@127.0.0.1:1/hooks" } });
    const { findings, exitCode } = await diagnose(place);
    expect(about(findings, "database")).toMatchObject({
      state: "fault",
      told: expect.stringMatching(/^No connection to the PostgreSQL server at 127\.0\.0\.1:1\/hooks: .*ECONNREFUSED/),
      mend: expect.stringMatching(/^Check DATABASE_URL/),
    });
    expect(JSON.stringify(findings)).not.toContain("hunter2");
    expect(exitCode).toBe(1);
  });

  it("that hangs keeps nothing else from being told", async () => {
    const env = { DATABASE_URL: `postgres://hooks:pw@127.0.0.1:${await silentPort()}/hooks` };
    const { findings } = await diagnose(await openPlace({ env, checkLimitMs: 300 }));
    expect(about(findings, "database")).toMatchObject({ state: "unknown", told: "No answer within 0.3 s." });
    expect(about(findings, "slack token").state).toBe("ok");
    expect(about(findings, "slack channels").state).toBe("ok");
  });

  it("that a newer Hooktriage made is a fault", async () => {
    const databaseUrl = await newPostgresDatabase();
    const store = await openDatabase({ databaseUrl });
    await sql`insert into kysely_migration (name, timestamp) values ('9999-future', '2027')`.execute(store.db);
    await store.close();
    const { findings, exitCode } = await diagnose(await openPlace({ env: { DATABASE_URL: databaseUrl } }));
    expect(about(findings, "database")).toMatchObject({ state: "fault", told: expect.stringContaining("9999-future") });
    expect(exitCode).toBe(1);
  });

  it("that the running bot holds is in order", async () => {
    const place = await openPlace();
    const store = await openDatabase({ dataDir: place.env.DATA_DIR });
    onTestFinished(() => store.close());
    const { findings, exitCode } = await diagnose(place);
    expect(about(findings, "database")).toMatchObject({
      state: "ok",
      told: expect.stringContaining("running bot holds it"),
    });
    expect(exitCode).toBe(0);
  });

  it("in a folder that cannot be made says what to set instead", async () => {
    const place = await openPlace();
    const folder = newFolder();
    await writeFile(join(folder, "file"), "");
    place.env.DATA_DIR = join(folder, "file", "data");
    const { findings, exitCode } = await diagnose(place);
    expect(about(findings, "database")).toMatchObject({
      state: "fault",
      mend: expect.stringContaining("Set DATA_DIR"),
    });
    expect(exitCode).toBe(1);
  });

  it("that holds files of others is a fault", async () => {
    const place = await openPlace();
    await mkdir(join(place.env.DATA_DIR ?? "", "database", "PG_VERSION"), { recursive: true });
    const { findings } = await diagnose(place);
    expect(about(findings, "database")).toMatchObject({ state: "fault", mend: expect.stringContaining("DATA_DIR") });
  });

  it("of another account is a warning", async () => {
    const databaseUrl = await newPostgresDatabase();
    const store = await openDatabase({ databaseUrl });
    await claimAccount(store.db, { id: "zendesk", account: "https://old.zendesk.example" });
    await store.close();
    const { findings, exitCode } = await diagnose(await openPlace({ env: { DATABASE_URL: databaseUrl } }));
    expect(about(findings, "zendesk account")).toMatchObject({
      state: "warning",
      told: expect.stringContaining("https://old.zendesk.example"),
    });
    expect(exitCode).toBe(0);
  });

  it("tells the channels of digests that the bot is not in, and warns of archived ones, each with what ends it", async () => {
    const databaseUrl = await newPostgresDatabase();
    const place = await openPlace({ env: { DATABASE_URL: databaseUrl } });
    const { workspace } = place.slack;
    const store = await openDatabase({ databaseUrl });
    onTestFinished(() => store.close());
    const idOf = (name: string) => workspace.channel(name).id;
    const subscribe = (name: string) => addSubscription(store.db, { ...SUBSCRIPTION, id: name, channel: idOf(name) });
    const digestChannels = async () => {
      const { findings, exitCode } = await diagnose(place);
      return { exitCode, findings: findings.filter(({ check }) => check === "digest channels") };
    };
    await subscribe("ops");
    expect(await digestChannels()).toMatchObject({ exitCode: 0, findings: [{ state: "ok" }] });
    await subscribe("old");
    const warning = {
      state: "warning",
      told: `Of the 2 channels that have a digest, 1 is archived: ${idOf("old")}.`,
      mend: expect.stringContaining("End button in the direct message"),
    };
    expect(await digestChannels()).toMatchObject({ exitCode: 0, findings: [warning] });
    await subscribe("lounge");
    await subscribe("secret");
    expect(await digestChannels()).toMatchObject({
      exitCode: 1,
      findings: [
        {
          state: "fault",
          told: `The bot is not in 2 of the 4 channels that have a digest: ${idOf("lounge")}, ${idOf("secret")}.`,
          mend: expect.stringMatching(/invite @Hooktriage.*digest off there.*End button in the direct message/),
        },
        { ...warning, told: expect.stringContaining("1 is archived") },
      ],
    });
  });
});
