import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Question } from "../../../src/collect/questions.ts";
import { urgencyOfWork } from "../../../src/providers/urgency.ts";
import type { SlackContext } from "../../../src/slack/context.ts";
import { followReading } from "../../../src/slack/late/follow.ts";
import { createReadings, type Reading, startReading } from "../../../src/slack/late/reading.ts";
import { messageOf } from "../../../src/slack/outgoing.ts";
import { postMessage, updateMessage } from "../../../src/slack/post.ts";
import { RestartingError } from "../../../src/slack/stopping.ts";
import type { Late } from "../../../src/slack/views/late.ts";
import type { Message } from "../../../src/slack/views/message.ts";
import type { Store } from "../../../src/store/database.ts";
import type { AnswerFrame } from "../../../src/triage/issue.ts";
import { openEmptyStore } from "../../store/databases.ts";
import { type Edge, openEdge } from "../edge.ts";
import { ASK, coverage, WINDOW } from "../views/sample.ts";

const QUESTION: Question = {
  query: { words: [], terms: [], window: WINDOW },
  now: WINDOW.to,
  maxAgeMs: 0,
  evidence: "sample",
};

const { told: WHAT, nextStep: NEXT } = new RestartingError();
const STOPPED = `${WHAT} ${NEXT}`;

function saying(text: string): Message {
  return { text, blocks: [{ type: "section", text: { type: "plain_text", text } }] };
}

interface Known extends AnswerFrame {
  text: string;
}

function knowing(text: string, notes: string[] = []): Known {
  return { text, window: WINDOW, asOf: WINDOW.to, coverage: [], notes };
}

function counting({ text, notes }: Known, _asker: unknown, late?: Late): Message {
  const known = [text, ...notes].join(" ");
  return saying(late ? `${known} ${late.state}` : `${known} in all`);
}

describe("an answer whose rest is being read", () => {
  let store: Store;
  let edge: Edge;
  let context: SlackContext;
  let channel: string;
  let ts: string;
  /** What the store knows, how often it was asked for it, and what the reading ends with. */
  let known: string;
  let asked: number;
  let rest: PromiseWithResolvers<string>;
  beforeAll(async () => {
    store = await openEmptyStore("PGlite");
  });
  afterAll(() => store?.close());
  beforeEach(async () => {
    edge = await openEdge();
    context = edge.contextOn(store);
    context = { ...context, pace: { ...context.pace, lateEditEveryMs: 5 } };
    channel = edge.slack.workspace.channel("ops").id;
    const posted = await postMessage(edge.web, { channel }, saying("1 being_read"));
    ts = "ts" in posted ? posted.ts : "";
    known = "1";
    asked = 0;
    rest = Promise.withResolvers();
  });
  afterEach(() => edge.close());

  function start(): Reading {
    return startReading(context, {
      question: QUESTION,
      async ask({ isUnderWay }) {
        if (isUnderWay) asked += 1;
        return { answer: knowing(isUnderWay ? known : await rest.promise), faults: [], requests: {} };
      },
      view: counting,
      refuse: ({ what }) => saying(what),
    });
  }

  function follow(editsLeft = Number.POSITIVE_INFINITY): Promise<void> {
    const edit = (message: Message) => updateMessage(edge.web, channel, ts, message);
    const sent = { edit, editsLeft: () => editsLeft };
    return followReading(context, { reading: start(), asker: ASK, sent, message: saying("1 being_read") });
  }

  const shown = () => edge.slack.workspace.message(channel, ts, "any")?.text;
  const edits = () => edge.slack.journal.of("chat.update").length;
  const severalLooks = () => vi.waitFor(() => expect(asked).toBeGreaterThan(3));

  it("is edited when it says something else, and at the end", async () => {
    const following = follow();
    await severalLooks();
    expect(edits()).toBe(0);
    known = "2";
    await vi.waitFor(() => expect(shown()).toBe("2 being_read"));
    rest.resolve("3");
    await following;
    expect(shown()).toBe("3 in all");
    expect(edits()).toBe(2);
  });

  it("is edited at the end alone where it can be edited only twice more", async () => {
    const following = follow(2);
    known = "2";
    rest.resolve("3");
    await following;
    expect(shown()).toBe("3 in all");
    expect(edits()).toBe(1);
  });

  it("is edited at the end although that does not get through at once", async () => {
    edge.slack.faults.failNext("chat.update", "drop");
    edge.slack.faults.failNext("chat.update", { error: "internal_error" });
    rest.resolve("3");
    await follow();
    expect(shown()).toBe("3 in all");
    expect(edits()).toBe(3);
  });

  it("is left alone after the third time", async () => {
    for (let times = 0; times < 5; times += 1) edge.slack.faults.failNext("chat.update", "drop");
    rest.resolve("3");
    await follow();
    expect(edits()).toBe(3);
  });

  it.each(["cant_update_message", "is_archived", "msg_too_long", "account_inactive"])(
    "is left alone at once where Slack answers %s",
    async (error) => {
      edge.slack.faults.failNext("chat.update", { error });
      const following = follow();
      known = "2";
      await following;
      expect(edits()).toBe(1);
      rest.resolve("3");
    },
  );

  it("says so when the rest cannot be read, with what is known by then", async () => {
    const following = follow();
    known = "2";
    rest.reject(new Error("the disk is full"));
    await following;
    expect(shown()).toBe("2 given_up");
  });

  it("is urgent for as long as somebody waits for it", async () => {
    const budget = Promise.withResolvers<() => string>();
    const reading = startReading(context, {
      question: QUESTION,
      async ask() {
        const work = urgencyOfWork();
        budget.resolve(() => work.current);
        return { answer: knowing(await rest.promise), faults: [], requests: {} };
      },
      view: counting,
      refuse: ({ what }) => saying(what),
    });
    const urgency = await budget.promise;
    const [first, second] = [reading.join(), reading.join()];
    expect(urgency()).toBe("waiting");
    first();
    expect(urgency()).toBe("waiting");
    second();
    expect(urgency()).toBe("background");
    const third = reading.join();
    expect(urgency()).toBe("waiting");
    third();
    rest.resolve("3");
    await reading.whole;
  });

  it.each([
    ["once, at the top, where only attempts are left", [], "3 another cut_short"],
    [
      "by the part of the window that is unknown for it",
      [coverage({ state: "unknown", missing: [WINDOW], reason: `${STOPPED} Soon.` })],
      "3 another in all",
    ],
  ])("that the bot was stopped is told %s", async (_where, parts, told) => {
    const stopping = new AbortController();
    const reading = startReading(
      { ...context, stopping: stopping.signal },
      {
        question: QUESTION,
        async ask() {
          const answer = knowing(await rest.promise, [`${STOPPED} Some causes are told in less detail.`, "another"]);
          return { answer: { ...answer, coverage: parts }, faults: [], requests: {} };
        },
        view: counting,
        refuse: ({ what }) => saying(what),
      },
    );
    stopping.abort(new RestartingError());
    rest.resolve("3");
    const viewFor = await reading.whole;
    expect(messageOf(viewFor(ASK)).text).toBe(told);
  });

  it("is read once for all who ask the same meanwhile, and anew after that", async () => {
    const readings = createReadings();
    const first = readings("failures", start);
    expect(readings("failures", start)).toBe(first);
    expect(readings("webhooks", start)).not.toBe(first);
    rest.resolve("3");
    await first.whole;
    expect(readings("failures", start)).not.toBe(first);
  });
});
