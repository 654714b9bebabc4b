import { afterEach, describe, expect, it } from "vitest";
import { createConductorOneClient } from "../../../src/providers/conductorone/client.ts";
import { createTaskBook } from "../../../src/providers/conductorone/tasks.ts";
import { failureOf, neverAborted } from "../clients.ts";
import { answerJson, type Handler, type Loopback, startLoopback } from "../loopback.ts";
import { virtualClock } from "../virtual-clock.ts";
import { failedTask, HOUR, NOW, since, time } from "./failed.ts";
import { withAccessToken } from "./settings.ts";
import { type SmallTask, startSmallConductorOne } from "./small-conductorone.ts";

const DAY = 24 * HOUR;
const servers: Loopback[] = [];

async function bookAt(starting: Promise<Loopback>) {
  const server = await starting;
  servers.push(server);
  const clock = virtualClock();
  const book = createTaskBook(createConductorOneClient(withAccessToken(server.url), { clock }), clock);
  return { server, clock, book };
}

const bookOf = (tasks: SmallTask[]) => bookAt(startSmallConductorOne({ webhooks: [], tasks }));
const bookAnswering = (handle: Handler) => bookAt(startLoopback(handle));

describe("the book of tasks", () => {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it("finds what search shows an hour and a half late, closed by then", async () => {
    const tasks: SmallTask[] = [];
    const { clock, book } = await bookOf(tasks);
    await book.refresh(since(NOW - DAY), neverAborted());
    tasks.push(failedTask("late", NOW - 60_000, { createdAt: time(NOW - 1.5 * HOUR) }));
    clock.advance(2 * 60_000);
    await book.refresh(since(NOW - DAY), neverAborted());
    expect(book.touched(NOW - HOUR, NOW + HOUR).map(({ id }) => id)).toEqual(["late"]);
  });

  it("forgets tasks that were closed so long ago that nobody can ask about them", async () => {
    const tasks = Array.from({ length: 40 }, (_, index) => failedTask(`task ${index}`, NOW - index * DAY));
    tasks.push(failedTask("open", NOW - 50 * DAY, { state: "TASK_STATE_OPEN" }));
    const { clock, book } = await bookOf(tasks);
    await book.refresh(since(NOW - 10 * DAY), neverAborted());
    expect(book.size).toBe(41);
    tasks.length = 0;
    tasks.push(failedTask("open", NOW - 50 * DAY, { state: "TASK_STATE_OPEN" }));
    clock.advance(31 * DAY);
    await book.refresh(since(clock.now().getTime() - DAY), neverAborted());
    expect(book.size).toBe(32);
    clock.advance(60 * DAY);
    await book.refresh(since(clock.now().getTime() - DAY), neverAborted());
    expect(book.size).toBe(1);
  });

  it("lists again what it has forgotten, for who asks about that time all the same", async () => {
    const { clock, book } = await bookOf([failedTask("old", NOW - 5 * HOUR)]);
    await book.refresh(since(NOW - DAY), neverAborted());
    clock.advance(90 * DAY);
    await book.refresh(since(clock.now().getTime()), neverAborted());
    expect(book.size).toBe(0);
    await book.refresh(since(NOW - DAY), neverAborted());
    expect(book.touched(NOW - DAY, NOW).map(({ id }) => id)).toEqual(["old"]);
  });

  it("gives up all slices of a listing when one is refused", async () => {
    const cut: Promise<unknown>[] = [];
    const { server, book } = await bookAnswering((_request, response, index) => {
      if (index === 5) return answerJson(response, { code: 7, message: "denied" }, 403);
      cut.push(new Promise((resolve) => response.once("close", resolve)));
    });
    const error = await failureOf(book.refresh(since(NOW - DAY), neverAborted()));
    expect(error.kind).toBe("permission");
    await Promise.all(cut);
    expect(server.requests).toHaveLength(6);
  });

  it("can be closed while it lists for nobody", async () => {
    const cut: Promise<unknown>[] = [];
    const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
    const { book } = await bookAnswering((_request, response) => {
      cut.push(new Promise((resolve) => response.once("close", resolve)));
      onAsked();
    });
    const impatient = new AbortController();
    const given = book.refresh(since(NOW - DAY), impatient.signal);
    await asked;
    impatient.abort(new Error("no time"));
    await expect(given).rejects.toThrow("no time");
    await book.close();
    await Promise.all(cut);
    await expect(book.refresh(since(NOW - DAY), neverAborted())).rejects.toThrow("was closed");
  });
});
