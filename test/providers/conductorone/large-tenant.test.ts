import { afterEach, describe, expect, it } from "vitest";
import { createConductorOneClient } from "../../../src/providers/conductorone/client.ts";
import { createTaskBook } from "../../../src/providers/conductorone/tasks.ts";
import { neverAborted } from "../clients.ts";
import { answerJson, type Loopback, startLoopback } from "../loopback.ts";
import { virtualClock } from "../virtual-clock.ts";
import { failedTask, HOUR, NOW, since, time } from "./failed.ts";
import { withAccessToken } from "./settings.ts";
import { startSmallConductorOne } from "./small-conductorone.ts";

const DAY = 24 * HOUR;
const MINUTE = 60_000;
const servers: Loopback[] = [];

async function bookAt(starting: Promise<Loopback>, clock = virtualClock()) {
  const server = await starting;
  servers.push(server);
  return {
    server,
    clock,
    book: createTaskBook(createConductorOneClient(withAccessToken(server.url), { clock }), clock),
  };
}

describe("the book of a large tenant's tasks", () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it("is whole after several questions of which none waited to the end: each goes on where the last was cut off", async () => {
    let left = 0;
    let impatient = new AbortController();
    const { book } = await bookAt(
      startLoopback((_request, response) => {
        if (left === 0) return impatient.abort(new Error("no time"));
        left -= 1;
        answerJson(response, {});
      }),
    );
    let questions = 0;
    while (book.listedUntil === undefined && questions < 20) {
      questions += 1;
      impatient = new AbortController();
      left = 3;
      await book.refresh(since(NOW - DAY), impatient.signal).catch(() => {});
      await whileNobodyAsks();
    }
    expect(questions).toBeGreaterThan(1);
    expect(questions).toBeLessThan(8);
  });

  it("lists again nothing but the slice that was cut off, what is new and what is open", async () => {
    const impatient = new AbortController();
    let isSlow = true;
    const { server, book } = await bookAt(
      startLoopback((_request, response, index) => {
        if (isSlow && index === 3) return;
        answerJson(response, {});
        if (isSlow && index === 5) setImmediate(() => impatient.abort(new Error("no time")));
      }),
    );
    await expect(book.refresh(since(NOW - DAY), impatient.signal)).rejects.toThrow("no time");
    await whileNobodyAsks();
    const before = server.requests.length;
    isSlow = false;
    await book.refresh(since(NOW - DAY), neverAborted());
    const again = server.requests.slice(before).map(({ body }) => JSON.parse(body));
    expect(again.length).toBeLessThan(6);
    expect(again.at(-1)).toMatchObject({ taskStates: ["TASK_STATE_OPEN"] });
    expect(book.listedUntil).toBeDefined();
  });

  it("is listed in smaller slices where one has more pages than can be read while nobody waits", async () => {
    const tasks = Array.from({ length: 130 }, (_, index) =>
      failedTask(`task ${index}`, NOW - 4 * DAY + index * 30 * MINUTE),
    );
    const { server, book } = await bookAt(startSmallConductorOne({ webhooks: [], tasks, pageSize: 1 }));
    await book.refresh(since(NOW - DAY), neverAborted());
    expect(book.size).toBe(130);
    expect(server.requests.length).toBeGreaterThan(230);
    expect(server.requests.length).toBeLessThan(260);
  });

  it("is listed for as long as somebody waits, however long its pages take", async () => {
    const clock = virtualClock();
    let page = 0;
    const { book } = await bookAt(
      startLoopback((_request, response) => {
        page += 1;
        clock.advance(MINUTE);
        const task = { id: `task ${page}`, createdAt: time(NOW - HOUR), state: "TASK_STATE_CLOSED" };
        answerJson(response, { list: [{ task }], nextPageToken: page < 40 ? String(page) : "" });
      }),
      clock,
    );
    await book.refresh(since(NOW - DAY), neverAborted());
    expect(clock.waits).toEqual([]);
    expect(book.listedUntil).toEqual(new Date(NOW));
  });

  it("is listed for five minutes, at most, for those who have left", async () => {
    const impatient = new AbortController();
    const { book, clock } = await bookAt(startLoopback(() => impatient.abort(new Error("no time"))));
    await expect(book.refresh(since(NOW - DAY), impatient.signal)).rejects.toThrow("no time");
    expect(clock.waits).toEqual([5 * MINUTE]);
    await book.close();
  });

  it("misses nothing that was closed between a listing that was cut off and the next one", async () => {
    const impatient = new AbortController();
    const { audits, ...task } = failedTask("a", NOW, { createdAt: time(NOW - 20 * DAY), state: "TASK_STATE_OPEN" });
    let isClosed = false;
    const { clock, book } = await bookAt(
      startLoopback(({ body }, response) => {
        const { createdAfter, createdBefore, taskStates } = JSON.parse(body);
        if (taskStates && !isClosed) return impatient.abort(new Error("no time"));
        const isAsked = Date.parse(createdAfter) <= NOW - 20 * DAY && NOW - 20 * DAY < Date.parse(createdBefore);
        answerJson(response, isAsked && !isClosed ? { list: [{ task }] } : {});
      }),
    );
    await expect(book.refresh(since(NOW - DAY), impatient.signal)).rejects.toThrow("no time");
    await whileNobodyAsks();
    expect(book.get("a")?.state).toBe("TASK_STATE_OPEN");
    isClosed = true;
    clock.advance(HOUR);
    await book.refresh(since(NOW - DAY), neverAborted());
    expect(book.get("a")?.state).toBe("TASK_STATE_CLOSED");
  });
});

/** Until the five minutes of the virtual clock are over, and what they end has ended. */
async function whileNobodyAsks(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
