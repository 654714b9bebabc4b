import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { boltLogger } from "../../../src/ops/log.ts";
import { createWebClient } from "../../../src/slack/web-client.ts";
import type { DigestSubscription } from "../../../src/triage/digest/subscription.ts";
import { silent } from "../edge.ts";
import { AT_NINE, type DigestDesk, openDigestDesk, textOf } from "./digest-desk.ts";

describe("a digest that must wait for its turn", () => {
  let desk: DigestDesk;
  let digest: DigestSubscription;
  beforeEach(async () => {
    desk = await openDigestDesk();
    digest = await desk.subscribe();
  });
  afterEach(() => desk.close());

  it("is not sent once its job was taken away while it waited for its turn", async () => {
    const job = new AbortController();
    const wait = async (ms: number) => {
      desk.pass(ms);
      job.abort();
    };
    const { botToken, apiUrl } = desk.slack;
    const web = createWebClient({ botToken, apiUrl }, { logger: boltLogger(silent), wait, now: desk.now });
    Object.assign(desk.context, { web });
    desk.slack.faults.limit("chat.postMessage", { calls: 1, retryAfterSeconds: 3 });
    await expect(desk.deliver(digest, job.signal)).rejects.toThrow("somebody else may be at it");
    expect(desk.posts()).toEqual([]);
    await desk.deliver(digest);
    expect(desk.posts()).toHaveLength(1);
  });

  it("is not sent when its process stood still while it waited for its turn", async () => {
    const { botToken, apiUrl } = desk.slack;
    const wait = async () => desk.pass(60_000);
    const web = createWebClient({ botToken, apiUrl }, { logger: boltLogger(silent), wait, now: desk.now });
    Object.assign(desk.context, { web });
    desk.slack.faults.limit("chat.postMessage", { calls: 1, retryAfterSeconds: 3 });
    await expect(desk.deliver(digest)).rejects.toThrow("it waited 60 s for its turn");
    expect(desk.posts()).toEqual([]);
    await desk.deliver(digest);
    expect(desk.posts()).toHaveLength(1);
  });

  it("waits for a rate limit no longer than others leave the slot to it", async () => {
    desk.slack.faults.limit("chat.postMessage", { calls: 1, retryAfterSeconds: 9 });
    await expect(desk.deliver(digest)).rejects.toThrow();
    expect(desk.slack.journal.of("chat.postMessage")).toHaveLength(1);
    desk.pass(9_000);
    await desk.deliver(digest);
    expect(desk.posts()).toHaveLength(1);
  });

  it("waits out a rate limit", async () => {
    desk.slack.faults.limit("chat.postMessage", { calls: 2, retryAfterSeconds: 3 });
    await desk.deliver(digest);
    expect(desk.posts()).toHaveLength(1);
  });

  it("leaves a rate limit of an hour to a later try, which is no repeat", async () => {
    // Nobody can look for it then.
    for (const kind of ["channels", "groups", "im", "mpim"]) desk.slack.scopes.delete(`${kind}:history`);
    desk.slack.faults.limit("chat.postMessage", { calls: 1, retryAfterSeconds: 3_600 });
    await expect(desk.deliver(digest)).rejects.toThrow();
    desk.pass(60 * 60_000);
    await desk.deliver(digest);
    expect(desk.posts()).toHaveLength(1);
    expect(textOf(desk.posts()[0])).not.toContain("This may be a repeat");
  });

  it("is one of ten that are due in the channel at once, and every one of them comes", async () => {
    desk.slack.faults.limitsMessagesPerChannel = true;
    const digests = [digest];
    while (digests.length < 10) {
      const minuteOfDay = 9 * 60 - digests.length;
      digests.push(await desk.subscribe({ schedule: { ...AT_NINE, minuteOfDay } }));
    }
    await Promise.allSettled(digests.map((one) => desk.deliver(one)));
    for (const one of digests) await desk.deliver(one);
    expect(desk.posts()).toHaveLength(10);
  });
});
