import { createServer } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { boltLogger, createLog } from "../../../src/ops/log.ts";
import { createSlackApp, type SlackApp } from "../../../src/slack/app.ts";
import type { DigestSchedules } from "../../../src/slack/context.ts";
import type { Store } from "../../../src/store/database.ts";
import { claimSlot, finishSlot } from "../../../src/store/digest-slots.ts";
import { endSubscription, listSubscriptions, markUndeliverable } from "../../../src/store/subscriptions.ts";
import { type Told, tellStory } from "../../e2e/kit/index.ts";
import { openEmptyStore } from "../../store/databases.ts";
import { type Edge, openEdge } from "../edge.ts";

let store: Store;
let edge: Edge;
let app: SlackApp;
let story: Told;
let lines: string[];
/** What the schedules were told, in order; an error is what they answer next. */
let scheduled: string[];
let broken: Error | undefined;

const schedules: DigestSchedules = {
  keep: async ({ channel }) => told(`keep for ${channel}`),
  drop: async () => told("drop"),
};

async function told(what: string): Promise<void> {
  scheduled.push(what);
  if (broken) throw broken;
}

beforeAll(async () => {
  store = await openEmptyStore("PGlite");
});
afterAll(() => store?.close());

beforeEach(async () => {
  [edge, lines, scheduled, broken] = [await openEdge(), [], [], undefined];
  const { slack } = edge;
  const port = await freePort();
  const log = createLog({ level: "info", secrets: [], destination: { write: (line) => lines.push(line) } });
  app = createSlackApp(
    {
      botToken: slack.botToken,
      apiUrl: slack.apiUrl,
      mode: { kind: "http", signingSecret: slack.signingSecret, port },
    },
    { ...edge.contextOn(store), digests: schedules, log },
    edge.identity,
    boltLogger(log),
  );
  slack.setReceiver({ url: `http://127.0.0.1:${port}/slack/events` });
  await app.start();
  story = tellStory(slack, { idle: () => app.settled() });
});
afterEach(async () => {
  await app.stop();
  await edge.close();
  for (const { id } of await listSubscriptions(store.db)) await endSubscription(store.db, id, edge.now());
});

const ops = () => edge.slack.workspace.channel("ops").id;

describe("handling digests", () => {
  it("tells the schedules of what is kept and of what has ended", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks digest daily at 09:00");
    await dana.expectEphemeral("#ops", "The digest is set up");
    await dana.types("#ops", "/hooks digest off");
    await dana.expectEphemeral("#ops", "Ended: ");
    expect(scheduled).toEqual([`keep for ${ops()}`, "drop"]);
  });

  it("leaves nothing behind when the schedule cannot be written, and says so", async () => {
    const dana = story.person("dana");
    broken = new Error("the queue is closed");
    await dana.types("#ops", "/hooks digest daily at 09:00");
    await dana.expectEphemeral("#ops", "It could not be put on the bot's schedule.");
    expect(await listSubscriptions(store.db)).toEqual([]);
    expect(lines.join("")).toContain("the queue is closed");
  });

  it("ends a digest whose schedule cannot be dropped", async () => {
    const dana = story.person("dana");
    await dana.types("#ops", "/hooks digest daily at 09:00");
    await dana.expectEphemeral("#ops", "The digest is set up");
    broken = new Error("the queue is closed");
    await dana.types("#ops", "/hooks digest off 1");
    await dana.expectEphemeral("#ops", "Ended: ");
    expect(await listSubscriptions(store.db)).toEqual([]);
  });

  it("lists when a digest was last posted, and why it cannot be", async () => {
    const dana = story.person("dana");
    for (const hour of ["09", "10"]) await dana.types("#ops", `/hooks digest daily at ${hour}:00`);
    await story.settled();
    const [first, second] = await listSubscriptions(store.db, { channel: ops() });
    const dueAt = new Date(edge.now().getTime() + 3_600_000);
    const ref = { subscriptionId: first?.id ?? "", dueAt };
    await claimSlot(store.db, ref, dueAt);
    await finishSlot(store.db, ref, { state: "posted", messageTs: "1.000001", now: dueAt });
    await markUndeliverable(store.db, second?.id ?? "", { since: dueAt, reason: "The channel is archived." });
    await dana.types("#ops", "/hooks digest list");
    const list = await dana.expectEphemeral("#ops", "2 digests in this channel");
    expect(list.text).toContain("Last posted: the one of \u200btoday 10:00 AM\n");
    expect(list.text).toContain("Cannot be posted since \u200btoday 10:00 AM: The channel is archived.");
  });
});

describe("the form for a digest", () => {
  async function openForm(name = "dana") {
    const person = story.person(name);
    await person.types("#ops", "/hooks digest");
    const list = await person.expectEphemeral("#ops", "No digest in this channel");
    await list.press("New digest");
    return { person, form: await person.expectModal("New digest") };
  }

  it("is acknowledged before anything is looked up", async () => {
    const { person, form } = await openForm();
    edge.slack.faults.holdAnswers("conversations.info", HELD_MS);
    const { ackMs } = await form.submit();
    expect(ackMs).toBeLessThan(HELD_MS);
    await person.expectEphemeral("#ops", "The digest is set up");
  });

  it.each(["", "{}", '{"channel":7}'])("whose metadata is %j is too old", async (metadata) => {
    const { form } = await openForm();
    for (const view of edge.slack.workspace.views.values()) view.content.private_metadata = metadata;
    await form.submit();
    await form.expectUpdate("This form is too old");
    expect(await listSubscriptions(store.db)).toEqual([]);
  });

  it("sets nothing up for somebody who has become a guest meanwhile", async () => {
    const { person, form } = await openForm("omar");
    edge.slack.person("omar").isRestricted = true;
    edge.pass(10 * 60_000);
    await form.submit();
    await person.expectEphemeral("#ops", "guests cannot ask");
    expect(await listSubscriptions(store.db)).toEqual([]);
  });

  it("tells in a direct message that the channel was archived meanwhile", async () => {
    const { form } = await openForm();
    edge.slack.workspace.channel("ops").isArchived = true;
    await form.submit();
    const [direct] = [...edge.slack.workspace.channels.values()].filter(({ kind }) => kind === "im");
    await story.channel(direct?.id ?? "").expectMessage("#ops is archived");
    expect(await listSubscriptions(store.db)).toEqual([]);
  });

  it("outlives a person who cannot be reached at all", async () => {
    const { form } = await openForm();
    for (let times = 0; times < 2; times += 1) {
      edge.slack.faults.failNext("chat.postEphemeral", { error: "user_not_in_channel" });
      edge.slack.faults.failNext("chat.postMessage", { error: "channel_not_found" });
    }
    await form.submit();
    await story.settled();
    expect(lines.join("")).toContain("could not say so");
    expect((await edge.metrics.questions.get()).values).toContainEqual({
      labels: { subcommand: "digest_form", outcome: "failed" },
      value: 1,
    });
  });
});

const HELD_MS = 500;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return address !== null && typeof address === "object" ? address.port : 0;
}
