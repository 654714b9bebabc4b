import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { DataDirInUseError, lockDataDir } from "../../../src/store/embedded/lock.ts";
import { newFolder } from "../databases.ts";
import { startChild } from "./children.ts";

const LOCK = new URL("../../../src/store/embedded/lock.ts", import.meta.url).pathname;
const HOLD = `
  const { lockDataDir } = await import(${JSON.stringify(LOCK)});
  await lockDataDir(dataDir, () => {});
  console.log("held");
  process.stdin.resume();`;
const AN_HOUR_AGO = new Date(Date.now() - 3_600_000);

function ignore(): void {}

describe("the lock on a data folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = newFolder();
  });

  it("is free again after its release", async () => {
    await (await lockDataDir(folder, ignore))();
    await (await lockDataDir(folder, ignore))();
  });

  it("names the process that holds it", async () => {
    const release = await lockDataDir(folder, ignore);
    await expect(lockDataDir(folder, ignore)).rejects.toThrow(`process ${process.pid}`);
    await release();
  });

  it("goes to exactly one of several who find that its holder was killed, without waiting", async () => {
    const holder = startChild(folder, HOLD);
    expect(await holder.nextLine()).toBe("held");
    await holder.kill();
    const takers = await Promise.allSettled([1, 2, 3, 4].map(() => lockDataDir(folder, ignore)));
    const winners = takers.filter((taker) => taker.status === "fulfilled");
    expect(winners).toHaveLength(1);
    for (const taker of takers) if (taker.status === "rejected") expect(taker.reason).toBeInstanceOf(DataDirInUseError);
    for (const winner of winners) await winner.value();
  });

  it("is not taken from a holder that lives and is only slow to show it", async () => {
    const release = await lockDataDir(folder, ignore);
    utimesSync(join(folder, "lock"), AN_HOUR_AGO, AN_HOUR_AGO);
    await expect(lockDataDir(folder, ignore)).rejects.toThrow(DataDirInUseError);
    await release();
  });

  it("of a holder elsewhere counts as left behind once its heartbeat has stopped", async () => {
    mkdirSync(join(folder, "lock"));
    utimesSync(join(folder, "lock"), AN_HOUR_AGO, AN_HOUR_AGO);
    await (await lockDataDir(folder, ignore))();
  });

  it("of a holder elsewhere is respected while its heartbeat is seen", async () => {
    mkdirSync(join(folder, "lock"));
    const beating = setInterval(() => utimesSync(join(folder, "lock"), new Date(), new Date()), 50);
    await expect(lockDataDir(folder, ignore)).rejects.toThrow(DataDirInUseError);
    clearInterval(beating);
  });

  it("is not given away by a record that speaks of an earlier lock", async () => {
    const holder = startChild(folder, HOLD);
    await holder.nextLine();
    const record = readFileSync(join(folder, "lock-holder.json"));
    await holder.kill();
    rmSync(join(folder, "lock"), { recursive: true });
    const release = await lockDataDir(folder, ignore);
    writeFileSync(join(folder, "lock-holder.json"), record);
    const beating = setInterval(() => utimesSync(join(folder, "lock"), new Date(), new Date()), 50);
    await expect(lockDataDir(folder, ignore)).rejects.toThrow(DataDirInUseError);
    clearInterval(beating);
    await release();
  });
});
