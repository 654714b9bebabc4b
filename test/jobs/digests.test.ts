import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/database.ts";
import { addSubscription, endSubscription } from "../../src/store/subscriptions.ts";
import type { DigestSchedule } from "../../src/triage/digest/subscription.ts";
import { DATABASES, emptyStore, openFreshStore } from "../store/databases.ts";
import { subscription } from "../store/examples.ts";
import { forgetJobs, startVirtualDays, type VirtualDayParts, type VirtualDays } from "./virtual-days.ts";

const BERLIN_0900: DigestSchedule = { days: "every_day", minuteOfDay: 9 * 60, timeZone: "Europe/Berlin" };
const BERLIN_0230: DigestSchedule = { ...BERLIN_0900, minuteOfDay: 2 * 60 + 30 };

describe.each(DATABASES)("digests in %s", (database) => {
  let store: Store;
  let days: VirtualDays;
  beforeAll(async () => {
    store = await openFreshStore(database);
  });
  afterEach(async () => {
    await days.stop();
    await emptyStore(store);
    await forgetJobs(store);
  });
  afterAll(() => store.close());

  async function start(at: string, parts?: VirtualDayParts): Promise<void> {
    days = await startVirtualDays(store, at, parts);
  }

  /** A digest that somebody wanted the day before. */
  function digest(id: string, schedule: DigestSchedule, createdAt = new Date(days.clock.now())) {
    return subscription({ id, schedule, createdAt });
  }

  it.each([
    ["goes forward", "2026-03-28T12:00Z", ["2026-03-29T07:00:00.000Z", "2026-03-30T07:00:00.000Z"]],
    ["goes back", "2026-10-24T12:00Z", ["2026-10-25T08:00:00.000Z", "2026-10-26T08:00:00.000Z"]],
  ])("come once at 09:00 on a day whose clock %s, and on the day after", async (_, before, slots) => {
    await start(before);
    await days.subscribe(digest("s1", BERLIN_0900));
    for (const slot of slots) {
      await days.passThrough(minutesFrom(slot, -1), minutesFrom(slot, 1));
      // What would be 09:00 by the clock of the day before, or after.
      await days.passTo(minutesFrom(slot, 60));
    }
    expect(days.digests).toEqual(slots.map((dueAt) => ({ id: "s1", dueAt })));
    expect(days.calls.map(({ at }) => at.slice(0, 16))).toEqual(slots.map((slot) => slot.slice(0, 16)));
  });

  it.each([
    // 02:30 in winter time, what clocks show instead, and 02:30 as if it were winter still.
    ["is leapt over", "2026-03-28T12:00Z", "2026-03-29T01:30:00.000Z"],
    // 02:30 in summer time, 02:00 for the second time, and 02:30 for the second time.
    ["exists twice", "2026-10-24T12:00Z", "2026-10-25T00:30:00.000Z"],
  ])("come once at 02:30 where that time %s", async (_, before, dueAt) => {
    await start(before);
    await days.subscribe(digest("s1", BERLIN_0230));
    for (const time of ["00:30", "01:00", "01:30"]) {
      const near = `${dueAt.slice(0, 10)}T${time}Z`;
      await days.passThrough(minutesFrom(near, -1), minutesFrom(near, 1));
    }
    await days.passTo(`${dueAt.slice(0, 10)}T01:40Z`);
    expect(days.digests).toEqual([{ id: "s1", dueAt }]);
  });

  it("start within twelve seconds, each at its own time", async () => {
    await start("2026-11-20T07:00Z");
    for (let n = 0; n < 8; n++) await days.subscribe(digest(`same-${n}`, BERLIN_0900));
    await days.subscribe(digest("later", { ...BERLIN_0900, minuteOfDay: 9 * 60 + 1 }));
    await days.subscribe(digest("elsewhere", { ...BERLIN_0900, timeZone: "Asia/Tokyo" }));
    await days.passTo("2026-11-20T08:00Z");
    expect(days.digests.map(({ id }) => id).sort()).toEqual(Array.from({ length: 8 }, (_, n) => `same-${n}`));
    await days.passTo("2026-11-20T08:01Z");
    expect(days.digests.at(-1)).toEqual({ id: "later", dueAt: "2026-11-20T08:01:00.000Z" });
    expect(days.digests).toHaveLength(9);
  });

  it("come once, for the latest slot, after three days in which nothing ran", async () => {
    await start("2026-11-16T12:00Z");
    await days.subscribe(digest("s1", BERLIN_0900));
    await days.stop();
    await start("2026-11-19T20:00Z");
    await days.pass(60);
    expect(days.digests).toEqual([{ id: "s1", dueAt: "2026-11-19T08:00:00.000Z" }]);
    await days.passTo("2026-11-20T08:00Z");
    expect(days.digests.map(({ dueAt }) => dueAt)).toEqual(["2026-11-19T08:00:00.000Z", "2026-11-20T08:00:00.000Z"]);
  });

  it("come once after three days in which the machine slept", async () => {
    await start("2026-11-16T12:00Z");
    await days.subscribe(digest("s1", BERLIN_0900));
    await days.clock.setTime("2026-11-19T20:00Z");
    await days.pass(60);
    expect(days.digests).toEqual([{ id: "s1", dueAt: "2026-11-19T08:00:00.000Z" }]);
  });

  it("do not come for slots of before they were wanted", async () => {
    await start("2026-11-20T08:00:30Z");
    await days.subscribe(digest("s1", BERLIN_0900));
    await days.pass(60);
    await days.passTo("2026-11-20T08:05Z");
    expect(days.digests).toEqual([]);
  });

  it("come no more once they were ended, even while a job waits", async () => {
    await start("2026-11-20T07:00Z");
    await days.subscribe(digest("dropped", BERLIN_0900));
    await days.subscribe(digest("only-ended", BERLIN_0900));
    await endSubscription(store.db, "dropped", new Date(days.clock.now()));
    await days.jobs.drop("dropped");
    await endSubscription(store.db, "only-ended", new Date(days.clock.now()));
    await days.passTo("2026-11-20T08:00Z");
    expect(days.digests).toEqual([]);
    expect(days.calls.map(({ id }) => id)).toEqual(["only-ended"]);
    expect(days.lines).toEqual([]);
  });

  it("heal at the next start, or within five minutes, what a crash left between a subscription and its schedule", async () => {
    await start("2026-11-20T05:02Z");
    await days.subscribe(digest("ended", BERLIN_0900));
    await endSubscription(store.db, "ended", new Date(days.clock.now()));
    await addSubscription(store.db, digest("kept", BERLIN_0900));
    await days.passTo("2026-11-20T05:05Z");
    expect((await scheduled()).map(({ key }) => key)).toEqual(["kept"]);

    await endSubscription(store.db, "kept", new Date(days.clock.now()));
    await addSubscription(store.db, digest("changed", BERLIN_0900));
    await days.jobs.keep(digest("changed", BERLIN_0230));
    await days.stop();
    await start("2026-11-20T07:00Z");
    expect((await scheduled()).map(({ key, cron }) => [key, cron])).toEqual([["changed", "0 9 * * *"]]);
    await days.passTo("2026-11-20T08:00Z");
    expect(days.digests).toEqual([{ id: "changed", dueAt: "2026-11-20T08:00:00.000Z" }]);
  });

  it("are tried again until they can be posted, and never pile up", async () => {
    let isDown = true;
    const before = async () => {
      if (isDown) throw new Error("Slack is down");
    };
    await start("2026-11-20T07:00Z", { before });
    await days.subscribe(digest("s1", BERLIN_0900));
    await days.passTo("2026-11-20T08:00Z");
    // Jumps that are longer than any pause between two tries.
    for (let minute = 11; minute < 240; minute += 11) await days.passTo(minutesFrom("2026-11-20T08:00Z", minute));
    expect(days.digests).toEqual([]);
    expect(days.calls.length).toBeGreaterThan(15);
    expect(days.calls.length).toBeLessThan(60);
    expect(days.lines.filter((line) => /"level":"error"/.test(line)).join()).toMatch(
      /"subscriptionId":"s1".*Slack is down/,
    );
    isDown = false;
    await days.passTo("2026-11-20T12:30Z");
    await days.pass(30);
    expect(days.digests).toEqual([{ id: "s1", dueAt: "2026-11-20T08:00:00.000Z" }]);
  });

  it("come although another's zone is unknown on this machine", async () => {
    await start("2026-11-20T07:00Z");
    await addSubscription(store.db, digest("lost", { ...BERLIN_0900, timeZone: "Atlantis/Capital" }));
    await addSubscription(store.db, digest("s1", BERLIN_0900));
    await days.jobs.catchUp();
    expect(days.lines.join()).toMatch(/could not be scheduled/);
    await days.passTo("2026-11-20T08:00Z");
    expect(days.digests).toEqual([{ id: "s1", dueAt: "2026-11-20T08:00:00.000Z" }]);
  });

  async function scheduled() {
    return days.queue.boss.getSchedules("digest");
  }
});

function minutesFrom(instant: string, minutes: number): string {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString();
}
