import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readDigestStatus } from "../../src/collect/digest-status.ts";
import { undeliveredOf } from "../../src/slack/views/digest-undeliverable.ts";
import type { Store } from "../../src/store/database.ts";
import { beginPosting, claimSlot, finishSlot, type SlotEnd } from "../../src/store/digest-slots.ts";
import { addSubscription, markUndeliverable } from "../../src/store/subscriptions.ts";
import { openEmptyStore } from "../store/databases.ts";

const DAY_1 = new Date("2026-11-20T08:00:00Z");
const DAY_2 = new Date("2026-11-21T08:00:00Z");

describe("the status of digests", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openEmptyStore("PGlite");
  });
  beforeEach(async () => {
    await store.db.deleteFrom("digest_slots").execute();
    await store.db.deleteFrom("subscriptions").execute();
  });
  afterAll(() => store.close());

  async function subscribe(id: string, channel: string): Promise<void> {
    await addSubscription(store.db, {
      id,
      channel,
      schedule: { days: "every_day", minuteOfDay: 540, timeZone: "Europe/Berlin" },
      terms: "",
      allClear: "line",
      createdBy: "U0DANA",
      createdAt: DAY_1,
    });
  }

  async function finish(subscriptionId: string, dueAt: Date, state: SlotEnd): Promise<void> {
    const ref = { subscriptionId, dueAt };
    await claimSlot(store.db, ref, dueAt);
    await beginPosting(store.db, ref, dueAt);
    await finishSlot(store.db, ref, { state, postingAt: dueAt, now: dueAt });
  }

  it("counts none where there is none", async () => {
    expect(await readDigestStatus(store.db, "C0OPS")).toEqual({ digests: { here: 0, elsewhere: 0 }, findings: [] });
  });

  it("tells the last of this channel, although another channel had one later", async () => {
    await subscribe("A", "C0OPS");
    await subscribe("B", "C0LOUNGE");
    await finish("A", DAY_1, "silent");
    await finish("B", DAY_2, "posted");
    const { digests } = await readDigestStatus(store.db, "C0OPS");
    expect(digests).toEqual({ here: 1, elsewhere: 1, last: { dueAt: DAY_1, state: "silent", isHere: true } });
  });

  it("tells the last anywhere for a channel that had none", async () => {
    await subscribe("A", "C0OPS");
    await finish("A", DAY_1, "posted");
    await finish("A", DAY_2, "undeliverable");
    const { digests } = await readDigestStatus(store.db, "C0LOUNGE");
    expect(digests).toEqual({ here: 0, elsewhere: 1, last: { dueAt: DAY_2, state: "undeliverable", isHere: false } });
  });

  it("names digests that cannot be posted, without the names of other channels", async () => {
    await subscribe("A", "C0OPS");
    await subscribe("B", "C0SECRET");
    await markUndeliverable(store.db, "B", { since: DAY_1, reason: "The bot is not in the channel." });
    const there = await readDigestStatus(store.db, "C0OPS");
    expect(there.findings).toMatchObject([
      {
        state: "fault",
        told: "1 of 2 digests cannot be posted: The bot is not in the channel.",
        mend: expect.stringMatching(/invite @Hooktriage.*digest off there.*End button in the direct message/),
      },
    ]);
    expect(JSON.stringify(there.findings)).not.toContain("C0SECRET");
    const here = await readDigestStatus(store.db, "C0SECRET");
    expect(here.findings[0]?.told).toContain("one of this channel among them");
  });

  it("only warns of archived channels, and says where their digests can be ended", async () => {
    for (const channel of ["C0OLD", "C0LOST"]) await subscribe(channel, channel);
    const { reason } = undeliveredOf("is_archived", "C0OLD");
    await markUndeliverable(store.db, "C0OLD", { since: DAY_1, reason });
    const { findings } = await readDigestStatus(store.db, "C0OPS");
    expect(findings).toMatchObject([
      {
        state: "warning",
        told: "1 of 2 digests cannot be posted: The channel is archived.",
        mend: expect.stringContaining("End button in the direct message"),
      },
    ]);
    expect(findings[0]?.mend).not.toContain("digest off");
    await markUndeliverable(store.db, "C0LOST", { since: DAY_1, reason: "The bot is not in the channel." });
    const both = await readDigestStatus(store.db, "C0OPS");
    expect(both.findings.map(({ state }) => state)).toEqual(["fault", "warning"]);
  });
});
