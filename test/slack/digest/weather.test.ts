import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../../sandbox/slack/faults.ts";
import { boltLogger } from "../../../src/ops/log.ts";
import { createWebClient } from "../../../src/slack/web-client.ts";
import { beginPosting, claimSlot } from "../../../src/store/digest-slots.ts";
import type { DigestSubscription } from "../../../src/triage/digest/subscription.ts";
import { silent } from "../edge.ts";
import { AT_NINE, type DigestDesk, openDigestDesk, textOf } from "./digest-desk.ts";

const MAY_REPEAT = "This may be a repeat";
const DAY_MS = 24 * 60 * 60_000;
/** As long as a message that was sent may still come. Milliseconds. */
const SETTLING_MS = 20_000;
/** For what happens in real time. Milliseconds. */
const REAL_MS = 2_000;

describe("a digest in bad weather", () => {
  let desk: DigestDesk;
  let digest: DigestSubscription;
  beforeEach(async () => {
    desk = await openDigestDesk();
    digest = await desk.subscribe();
  });
  afterEach(() => desk.close());

  const ref = () => ({ subscriptionId: digest.id, dueAt: new Date("2026-11-21T08:00:00Z") });
  const fail = (fault: Fault) => desk.slack.faults.failNext("chat.postMessage", fault);
  function forbidReading(): void {
    for (const kind of ["channels", "groups", "im", "mpim"]) desk.slack.scopes.delete(`${kind}:history`);
  }
  /** What a process leaves behind that is killed while it posts. */
  async function dieWhilePosting(): Promise<void> {
    await claimSlot(desk.db, ref(), desk.now());
    await beginPosting(desk.db, ref(), desk.now());
  }

  function impatientClient() {
    const { botToken, apiUrl } = desk.slack;
    return createWebClient({ botToken, apiUrl }, { logger: boltLogger(silent), timeoutMs: 100 });
  }

  it.each<[string, Fault]>([
    ["after the message was made", "drop-after-post"],
    ["before the message was made", "drop"],
    ["with 502", { status: 502 }],
    ["with fatal_error", { error: "fatal_error" }],
  ])("that Slack cuts off %s is looked for by the next try, and stands there once", async (_, fault) => {
    fail(fault);
    await expect(desk.deliver(digest)).rejects.toThrow();
    desk.pass(SETTLING_MS);
    await desk.deliver(digest);
    await desk.deliver(digest);
    expect(desk.posts()).toHaveLength(1);
    expect(textOf(desk.posts()[0])).not.toContain(MAY_REPEAT);
  });

  it("that Slack makes only when nobody waits for the answer any more stands there once", async () => {
    const patient = desk.context.web;
    const late = Promise.withResolvers<void>();
    desk.slack.faults.takeLate("chat.postMessage", () => late.promise);
    Object.assign(desk.context, { web: impatientClient() });
    await expect(desk.deliver(digest)).rejects.toThrow();
    Object.assign(desk.context, { web: patient });
    for (const waitedMs of [2_000, 4_000, 8_000]) {
      desk.pass(waitedMs);
      await expect(desk.deliver(digest)).rejects.toThrow("it may still be on its way");
    }
    const made = desk.slack.happenings.waitFor(({ kind }) => kind === "posted", REAL_MS, desk.slack.happenings.mark);
    late.resolve();
    await made;
    desk.pass(16_000);
    await desk.deliver(digest);
    expect(desk.posts()).toHaveLength(1);
  });

  it("that was made while Slack never answered stands there once", async () => {
    Object.assign(desk.context, { web: impatientClient() });
    fail("timeout-after-post");
    await expect(desk.deliver(digest)).rejects.toThrow();
    await desk.deliver(digest);
    expect(desk.posts()).toHaveLength(1);
  });

  it("that nobody can look for without the scope is posted again, and says that it may be a repeat", async () => {
    forbidReading();
    fail("drop-after-post");
    await expect(desk.deliver(digest)).rejects.toThrow();
    desk.pass(SETTLING_MS);
    await desk.deliver(digest);
    expect(desk.posts()).toHaveLength(2);
    expect(desk.posts()[1]?.text).toContain(MAY_REPEAT);
    await desk.deliver(digest);
    expect(desk.posts()).toHaveLength(2);
  });

  it("that may stand there says so still, when Slack said no meanwhile", async () => {
    forbidReading();
    fail("drop-after-post");
    await expect(desk.deliver(digest)).rejects.toThrow();
    desk.pass(SETTLING_MS);
    fail({ error: "team_access_not_granted" });
    await expect(desk.deliver(digest)).rejects.toThrow("team_access_not_granted");
    desk.pass(SETTLING_MS);
    await desk.deliver(digest);
    expect(desk.posts()[1]?.text).toContain(MAY_REPEAT);
  });

  it("is not posted while it cannot be looked for", async () => {
    fail("drop-after-post");
    await expect(desk.deliver(digest)).rejects.toThrow();
    desk.slack.faults.failNext("conversations.history", { status: 500 });
    await expect(desk.deliver(digest)).rejects.toThrow();
    await desk.deliver(digest);
    expect(desk.posts()).toHaveLength(1);
  });

  it("is found below hundreds of later messages", async () => {
    fail("drop-after-post");
    await expect(desk.deliver(digest)).rejects.toThrow();
    for (let nth = 0; nth < 450; nth += 1) desk.slack.say("dana", "ops", `talk ${nth}`);
    await desk.deliver(digest);
    expect(desk.posts().filter(({ metadata }) => metadata)).toHaveLength(1);
    expect(desk.slack.journal.of("conversations.history")).toHaveLength(3);
  });

  it("is not taken for that of another digest, another slot or another time", async () => {
    await desk.deliver(await desk.subscribe({ schedule: { ...AT_NINE, minuteOfDay: 9 * 60 - 1 } }));
    await dieWhilePosting();
    desk.pass(60_000);
    await desk.deliver(digest);
    expect(desk.posts().map(({ metadata }) => metadata?.event_payload.subscription)).toContain(digest.id);
  });

  it("is posted by the next process when one was killed just before it posted", async () => {
    await dieWhilePosting();
    desk.pass(20_000);
    await desk.deliver(digest);
    expect(desk.posts()).toHaveLength(1);
  });

  it("is found a day later, and the next one does not say that no digest told", async () => {
    fail("drop-after-post");
    await expect(desk.deliver(digest)).rejects.toThrow();
    desk.pass(DAY_MS);
    await desk.deliver(digest);
    expect(desk.posts()).toHaveLength(2);
    expect(textOf(desk.posts()[1])).not.toContain("No digest told");
  });

  it("that never came is missing in the next one", async () => {
    fail("drop");
    await expect(desk.deliver(digest)).rejects.toThrow();
    desk.pass(DAY_MS);
    await desk.deliver(digest);
    expect(desk.posts()).toHaveLength(1);
    expect(textOf(desk.posts()[0])).toContain("No digest told of the time before");
  });

  it("goes out in words, and can be found again, when Slack refuses its blocks", async () => {
    fail({ error: "invalid_blocks" });
    await desk.deliver(digest);
    const [post] = desk.posts();
    expect(post?.blocks).toHaveLength(1);
    expect(textOf(post)).toContain("Daily digest: ");
    expect(post?.metadata?.event_type).toBe("hooktriage_digest");
  });

  it.each(["account_inactive", "invalid_auth", "token_revoked"])(
    "with a token that is no good (%s) is kept for later",
    async (error) => {
      fail({ error });
      await expect(desk.deliver(digest)).rejects.toThrow(error);
      desk.slack.faults.failNext("conversations.info", { error });
      desk.slack.faults.failNext("auth.test", { error });
      await expect(desk.deliver(digest)).rejects.toThrow(error);
      expect(desk.toDana()).toEqual([]);
      await desk.deliver(digest);
      expect(desk.posts()).toHaveLength(1);
    },
  );

  it("is not posted while Slack does not tell whether the channel is shared with others", async () => {
    desk.slack.faults.failNext("conversations.info", { status: 503 });
    await expect(desk.deliver(digest)).rejects.toThrow("channels:read");
    expect(desk.posts()).toEqual([]);
    await desk.deliver(digest);
    expect(desk.posts()).toHaveLength(1);
  });
});
