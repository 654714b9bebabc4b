import { WebClient } from "@slack/web-api";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { mrkdwn } from "../sandbox/slack/samples.ts";
import { openVisit, type, type Visit } from "./visit.ts";

const LAPTOP = { width: 1280, height: 800 };
const DESK = { width: 1301, height: 800 };
const PHONE = { width: 400, height: 780 };
/** What a finger hits. In pixels. */
const LEAST_SIDE = 28;

let visit: Visit;
beforeAll(async () => {
  visit = await openVisit({ ...LAPTOP, colours: "light" });
});
afterAll(() => visit?.close());
afterEach(() => expect(visit.troubles.splice(0)).toEqual([]));

function threadOf(page: Page): Locator {
  return page.getByRole("complementary", { name: "Thread" });
}

function storyOf(page: Page): Locator {
  return page.getByRole("complementary", { name: "The story" });
}

/** How many pixels of it are below what its list shows; fewer than none where there is room left. */
function below(newest: Locator): Promise<number> {
  return newest.evaluate((one) => {
    const list = one.closest(".messages")?.getBoundingClientRect().bottom ?? Number.NaN;
    return one.getBoundingClientRect().bottom - list;
  });
}

function say(channel: string, text: string, threadTs?: string): { ts: string } {
  const { slack } = visit.demo.stage;
  return slack.say("omar", slack.workspace.channel(channel).id, text, threadTs);
}

/** More than a list shows at once. */
function sayLines(channel: string): void {
  for (let line = 1; line <= 30; line++) say(channel, `line ${line}`);
}

async function leastSide(element: Locator): Promise<number> {
  const box = await element.boundingBox();
  return box === null ? 0 : Math.min(box.width, box.height);
}

/** Types a question, and opens the thread of what was said. */
async function openThread(page: Page, text: string): Promise<void> {
  await type(page, text);
  const said = page.locator("main .message").filter({ hasText: text });
  await said.hover();
  await said.getByLabel("Reply in thread").click();
  await threadOf(page).waitFor();
}

describe("beside the channel", () => {
  it("a thread and the story take turns where there is no room for both", async () => {
    const page = await visit.open("dana", "lounge");
    expect(await storyOf(page).count()).toBe(0);
    await openThread(page, "turns?");
    await threadOf(page).getByRole("textbox", { name: "Reply" }).fill("yes");
    await threadOf(page).getByRole("button", { name: "Send" }).click();
    await threadOf(page).getByText("yes", { exact: true }).waitFor();

    await page.getByRole("button", { name: "Story" }).click();
    await threadOf(page).waitFor({ state: "detached" });
    await expect.poll(() => storyOf(page).evaluate((one) => one.matches(":focus"))).toBe(true);
    await page.getByRole("button", { name: "1 reply" }).click();
    await storyOf(page).waitFor({ state: "detached" });
    await threadOf(page).getByRole("button", { name: "Close the thread" }).click();
    await threadOf(page).waitFor({ state: "detached" });
  });

  it("both stand where there is room, and the story from the start", async () => {
    const page = await visit.open("dana", "lounge");
    await page.setViewportSize(DESK);
    await page.reload();
    await storyOf(page).waitFor();
    await openThread(page, "room?");
    await storyOf(page).getByRole("button", { name: "Stop the bot" }).click({ trial: true });
    await threadOf(page).getByRole("button", { name: "Close the thread" }).click();
    await threadOf(page).waitFor({ state: "detached" });
  });
});

describe("a list of messages", () => {
  it("goes on showing what comes last after something in it was pressed", async () => {
    const page = await visit.open("dana", "private-oncall");
    await page.setViewportSize(PHONE);
    sayLines("private-oncall");
    await type(page, "/hooks digest");
    await page.getByRole("button", { name: "New digest" }).click();
    const form = page.getByRole("dialog", { name: "New digest" });
    await form.getByRole("button", { name: "Set it up" }).click();
    await form.waitFor({ state: "detached" });
    await page.getByRole("heading", { name: "The digest is set up" }).waitFor();
    const newest = page.locator("main .messages > li").last();
    await expect.poll(() => below(newest)).toBeLessThanOrEqual(1);

    await newest.click();
    say("private-oncall", "thanks");
    await page.getByText("thanks", { exact: true }).waitFor();
    await expect.poll(() => below(newest)).toBeLessThanOrEqual(1);
  });

  it("leaves who reads further up where they are, until they say something", async () => {
    const page = await visit.open("dana", "lounge");
    sayLines("lounge");
    const newest = page.locator("main .messages > li").last();
    await newest.filter({ hasText: "line 30" }).waitFor();
    await expect.poll(() => below(newest)).toBeLessThanOrEqual(1);
    await newest.hover();
    await page.mouse.wheel(0, -600);
    await expect.poll(() => below(newest)).toBeGreaterThan(300);

    say("lounge", "anybody?");
    await newest.filter({ hasText: "anybody?" }).waitFor();
    expect(await below(newest)).toBeGreaterThan(300);
    await type(page, "here");
    await newest.filter({ hasText: "here" }).waitFor();
    await expect.poll(() => below(newest)).toBeLessThanOrEqual(1);
  });

  it("keeps its place when a thread opens beside it", async () => {
    const page = await visit.open();
    await page.setViewportSize({ width: 1440, height: 800 });
    await type(page, "/hooks failures last 24h");
    const answer = page.locator("main .message").filter({ hasText: "failed invocations in" }).last();
    await answer
      .getByRole("button", { name: /^Attempts at/ })
      .first()
      .click();
    const news = page.locator(".news");
    await news.getByRole("button", { name: "Open the thread" }).click();
    await threadOf(page).waitFor();
    const top = () => answer.evaluate((one) => one.getBoundingClientRect().top);
    await expect.poll(top).toBeGreaterThanOrEqual(0);
    await expect.poll(top).toBeLessThan(200);
  });

  it("tells of a reply in a thread that is closed, until that is put away", async () => {
    const page = await visit.open("dana", "lounge");
    const { ts } = say("lounge", "a question");
    say("lounge", "an answer", ts);
    const told = page.getByText("New in a thread: an answer");
    await told.waitFor();
    await page.locator(".news").getByRole("button", { name: "Dismiss" }).click();
    await told.waitFor({ state: "detached" });
  });
});

describe("on a touch screen", () => {
  it("a reply can be seen to be possible, and what is small can be hit", async () => {
    const page = await visit.open("dana", "lounge");
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setTouchEmulationEnabled", { enabled: true });
    await page.setViewportSize(PHONE);
    await type(page, "a finger");
    const reply = page.locator("main .message").filter({ hasText: "a finger" }).getByLabel("Reply in thread");
    await reply.waitFor();
    expect(await reply.evaluate((one) => one.ownerDocument.defaultView?.getComputedStyle(one).opacity)).toBe("1");
    expect(await leastSide(reply)).toBeGreaterThanOrEqual(LEAST_SIDE);
    await reply.click();
    const close = threadOf(page).getByRole("button", { name: "Close the thread" });
    expect(await leastSide(close)).toBeGreaterThanOrEqual(LEAST_SIDE);
  });
});

describe("a block", () => {
  it("that is a box of itself has one frame", async () => {
    const { slack } = visit.demo.stage;
    const web = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
    const channel = slack.workspace.channel("private-oncall").id;
    const page = await visit.open("dana", "private-oncall");
    await web.apiCall("chat.postMessage", {
      channel,
      text: "A card",
      blocks: [{ type: "card", title: mrkdwn("One") }],
    });
    const title = page.getByText("One", { exact: true });
    await title.waitFor();
    const frames = await title.evaluate((one) => {
      let count = 0;
      for (let at = one.parentElement; at !== null && !at.matches(".content"); at = at.parentElement) {
        if (at.ownerDocument.defaultView?.getComputedStyle(at).borderTopWidth !== "0px") count++;
      }
      return count;
    });
    expect(frames).toBe(1);
  });
});
