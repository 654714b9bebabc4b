import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lastDoneSlots } from "../../../src/store/digest-slots.ts";
import { endSubscription, findSubscription, markUndeliverable } from "../../../src/store/subscriptions.ts";
import { listWebhooks, saveWebhooks } from "../../../src/store/webhooks.ts";
import type { DigestSubscription } from "../../../src/triage/digest/subscription.ts";
import { type DigestDesk, openDigestDesk, textOf } from "./digest-desk.ts";

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** A webhook of the sandbox's that never fails. */
const HEALTHY = 'webhook:"PagerDuty escalation"';

describe("a digest that is due", () => {
  let desk: DigestDesk;
  beforeEach(async () => {
    desk = await openDigestDesk();
  });
  afterEach(() => desk.close());

  const stateOf = async ({ id }: DigestSubscription) => (await lastDoneSlots(desk.db, [id])).get(id)?.state;

  it("is posted once, however often and by how many it is called for", async () => {
    const digest = await desk.subscribe();
    await Promise.all(Array.from({ length: 5 }, () => desk.deliver(digest)));
    await desk.deliver(digest);
    const [post, ...others] = desk.posts();
    expect(others).toEqual([]);
    expect(post?.text).toMatch(/^Daily digest: \d+ failed invocations in \d+ issues/);
    expect(post?.metadata).toEqual({
      event_type: "hooktriage_digest",
      event_payload: { subscription: digest.id, due: "2026-11-21T08:00:00.000Z" },
    });
    expect(await stateOf(digest)).toBe("posted");
    const line = { msg: "a digest was posted", subscription: digest.id, late: false, count: expect.any(Number) };
    expect(desk.logged()).toContainEqual(expect.objectContaining(line));
  });

  it("is posted again for its next slot, whose window follows on this one", async () => {
    const digest = await desk.subscribe();
    await desk.deliver(digest);
    desk.pass(DAY_MS);
    await desk.deliver(digest);
    expect(desk.posts()[1]?.text).toContain("2026-11-21 08:00 UTC to 2026-11-22 08:00 UTC");
    expect(textOf(desk.posts()[1])).not.toContain("No digest told");
  });

  it("says that it is late, when it was due, and from when on no digest told of anything", async () => {
    const digest = await desk.subscribe();
    await desk.deliver(digest);
    desk.pass(2 * DAY_MS + 2 * HOUR_MS);
    await desk.deliver(digest);
    const late = desk.posts()[1];
    expect(late?.text).toContain("Due 2026-11-23 08:00 UTC, posted late.");
    expect(textOf(late)).toContain(", posted 2 h late: it could not be posted in time.");
    expect(textOf(late)).toContain("/hooks failures from 2026-11-21 09:00 to 2026-11-22 09:00 in Europe/Berlin");
  });

  it("is not late within five minutes", async () => {
    const digest = await desk.subscribe();
    desk.pass(5 * 60_000);
    await desk.deliver(digest);
    expect(desk.posts()[0]?.text).not.toContain("late");
  });

  it.each([
    ["is not due", { createdAt: new Date("2026-11-21T08:00:00Z") }, false],
    ["was ended", {}, true],
  ])("is not posted when it %s", async (_, changes, ends) => {
    const digest = await desk.subscribe(changes);
    if (ends) await endSubscription(desk.db, digest.id, desk.now());
    await desk.deliver(digest);
    expect(desk.posts()).toEqual([]);
  });

  it("is not posted when it is ended while the providers are asked", async () => {
    const digest = await desk.subscribe();
    const asked = Promise.withResolvers<void>();
    const isAsked = () => {
      asked.resolve();
      return false;
    };
    desk.zendesk.fail("text-error", { match: isAsked });
    const delivered = desk.deliver(digest);
    await asked.promise;
    await endSubscription(desk.db, digest.id, desk.now());
    await delivered;
    expect(desk.posts()).toEqual([]);
  });

  it("tells of what failed in the last seconds before its slot, for the next one begins there", async () => {
    const digest = await desk.subscribe();
    desk.pass(-20_000);
    await desk.context.collector.freshen(
      {
        query: { words: [], terms: [], window: { from: new Date("2026-11-20T08:00:00Z"), to: desk.now() } },
        now: desk.now(),
        maxAgeMs: 0,
      },
      new AbortController().signal,
    );
    desk.pass(20_000);
    const asked = () => desk.context.collector.providers[0]?.requestCount ?? 0;
    const before = asked();
    await desk.deliver(digest);
    expect(asked() - before).toBeGreaterThan(10);
  });

  describe("with nothing to tell", () => {
    it("is one line", async () => {
      await desk.deliver(await desk.subscribe({ terms: HEALTHY }));
      const [post] = desk.posts();
      expect(post?.text).toMatch(/^All clear: no failed invocations/);
      expect(post?.blocks).toHaveLength(2);
    });

    it("is silent where that was wished, and done", async () => {
      const digest = await desk.subscribe({ terms: HEALTHY, allClear: "silent" });
      await desk.deliver(digest);
      expect(desk.posts()).toEqual([]);
      expect(await stateOf(digest)).toBe("silent");
    });

    it("is never silent about time of which no digest told", async () => {
      const digest = await desk.subscribe({ terms: HEALTHY, allClear: "silent" });
      await desk.deliver(digest);
      desk.pass(2 * DAY_MS);
      await desk.deliver(digest);
      expect(desk.posts().map(({ text }) => text)).toEqual([expect.stringContaining("All clear")]);
      expect(textOf(desk.posts()[0])).toContain("No digest told of the time before");
      expect(await stateOf(digest)).toBe("posted");
    });

    it("can be posted again, also where it is silent", async () => {
      const digest = await desk.subscribe({ terms: HEALTHY, allClear: "silent" });
      await markUndeliverable(desk.db, digest.id, { since: desk.now(), reason: "Slack refuses it: is_inactive." });
      await desk.deliver(digest);
      expect(await stateOf(digest)).toBe("silent");
      expect((await findSubscription(desk.db, digest.id))?.undeliverable).toBeUndefined();
    });

    it("is never silent where something failed, or is unknown", async () => {
      await desk.deliver(await desk.subscribe({ allClear: "silent" }));
      desk.zendesk.fail("text-error");
      desk.pass(DAY_MS);
      await desk.deliver(await desk.subscribe({ terms: HEALTHY, allClear: "silent" }));
      expect(desk.posts().map(({ text }) => text)).toEqual([
        expect.stringContaining("failed invocations in"),
        expect.stringMatching(/^(Unknown|Daily digest: no failed invocations in the part)/),
      ]);
      expect(textOf(desk.posts()[1])).toContain("no all-clear");
    });
  });

  describe("whose terms say less than they did", () => {
    async function deleteWebhook(name: string): Promise<void> {
      await desk.deliver(await desk.subscribe());
      const all = await listWebhooks(desk.db);
      await saveWebhooks(
        desk.db,
        "zendesk",
        all.filter((webhook) => webhook.name !== name),
        desk.now(),
      );
      desk.zendesk.fail("text-error", { match: (path) => path === "/api/v2/webhooks" });
    }

    it("says that their webhook was deleted, that this is no all-clear, and how to end it", async () => {
      await deleteWebhook("PagerDuty escalation");
      desk.pass(2 * DAY_MS);
      await desk.deliver(await desk.subscribe({ terms: HEALTHY, allClear: "silent" }));
      const post = desk.posts()[1];
      expect(post?.text).toContain("No all-clear: this digest's terms match nothing");
      expect(textOf(post)).toContain('No webhook matches webhook:\\"PagerDuty escalation\\" any more.');
      expect(textOf(post)).toContain("“PagerDuty escalation” was deleted.");
      expect(textOf(post)).toContain("/hooks digest off 2");
    });

    it("says which of them match nothing beside those that do", async () => {
      await desk.deliver(await desk.subscribe({ terms: `${HEALTHY} webhook:"Jira snyc"`, allClear: "silent" }));
      const [post] = desk.posts();
      expect(post?.text).toMatch(/^Daily digest: no failed invocations/);
      expect(textOf(post)).toContain('No webhook matches webhook:\\"Jira snyc\\" any more');
    });

    it.each([
      ["name a webhook that nobody knows", 'webhook:"Jira snyc"', "No webhook matches"],
      ["name a status that nobody knows", "status:exploded", "No invocation has the status"],
      ["are of a provider that is set up no more", "provider:conductorone", "are not understood any more"],
      ["make no sense", "sttaus:terminated", "are not understood any more"],
    ])("is posted and says so when they %s", async (_, terms, told) => {
      const digest = await desk.subscribe({ terms, allClear: "silent" });
      await desk.deliver(digest);
      const [post] = desk.posts();
      expect(post?.text).toMatch(/^No all-clear/);
      expect(textOf(post)).toContain(told);
      expect(textOf(post)).toContain("This is no all-clear.");
      expect(await stateOf(digest)).toBe("posted");
    });
  });
});
