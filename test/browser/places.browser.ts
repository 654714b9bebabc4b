import type { Page } from "playwright-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { composer, focusOn, openVisit, type, type Visit } from "./visit.ts";

const PHONE = { width: 400, height: 780 };

let visit: Visit;
beforeAll(async () => {
  visit = await openVisit({ width: 1280, height: 800, colours: "light" });
  return () => visit.close();
});
afterEach(() => expect(visit.troubles.splice(0)).toEqual([]));

function say(channel: string, text: string, threadTs?: string): { ts: string } {
  const { slack } = visit.demo.stage;
  return slack.say("omar", slack.workspace.channel(channel).id, text, threadTs);
}

function goTo(page: Page, channel: string): Promise<void> {
  return page.getByRole("navigation", { name: "Channels" }).getByRole("button", { name: channel }).click();
}

async function isAt(page: Page, channel: string, person = "dana"): Promise<void> {
  await page.getByRole("main", { name: channel, exact: true }).waitFor();
  await expect.poll(() => page.url()).toContain(`as=${person}`);
  await expect.poll(() => page.getByLabel("Act as").inputValue()).toBe(person);
}

function threadOf(page: Page) {
  return page.getByRole("complementary", { name: "Thread" });
}

describe("where nothing was said yet", () => {
  it("a person reads what this is, and asks with one press; the focus is where one types then", async () => {
    const page = await visit.open();
    await page.getByText(/tells the people on call which webhooks are failing/).waitFor();
    await page.getByText("Traffic shows all that passes").waitFor();
    const ask = page.getByRole("button", { name: "Ask what is failing: /hooks" });
    await ask.focus();
    await page.keyboard.press("Enter");
    await ask.waitFor({ state: "detached" });
    await focusOn(composer(page));
  });

  it("a guest is told what they are, and nobody can press anything in an archived channel", async () => {
    const page = await visit.open("gil", "ops");
    await page.getByText(/You are .*, a guest/).waitFor();
    await page.getByLabel("Act as").selectOption("dana");
    const archived = page.getByRole("navigation", { name: "Channels" }).getByRole("button", { name: /archived/ });
    await archived.click();
    await page.getByText("nobody can type here").waitFor();
    expect(await page.getByRole("main").getByRole("button").count()).toBe(0);
  });

  it("the direct message says that the bot hears commands only", async () => {
    const page = await visit.open();
    await goTo(page, "Hooktriage");
    await page.getByText("a plain line gets no answer").waitFor();
  });
});

describe("the browser's own Back", () => {
  it("leads back through threads, channels and people, and forth again", async () => {
    const { ts } = say("lounge", "a question");
    say("lounge", "an answer", ts);
    const page = await visit.open();
    await isAt(page, "#ops");
    await goTo(page, "lounge");
    await page.getByRole("button", { name: "1 reply" }).click();
    await threadOf(page).waitFor();
    await page.getByLabel("Act as").selectOption("omar");
    await isAt(page, "#lounge", "omar");

    await page.goBack();
    await threadOf(page).waitFor();
    await isAt(page, "#lounge");
    await page.goBack();
    await threadOf(page).waitFor({ state: "detached" });
    await page.goBack();
    await isAt(page, "#ops");
    await page.goForward();
    await isAt(page, "#lounge");
  });

  it("is not kept from leading back by a place that there is not", async () => {
    const page = await visit.open();
    await isAt(page, "#ops");
    await goTo(page, "lounge");
    await isAt(page, "#lounge");
    await page.goto(`${visit.demo.url}/#as=omar&channel=nowhere`);
    await expect.poll(() => page.url()).not.toContain("nowhere");
    await page.goBack();
    await isAt(page, "#lounge");
    await page.goto(`${visit.demo.url}/#as=omar&channel=ops`);
    await isAt(page, "#ops", "omar");
  });
});

describe("the focus", () => {
  it("goes to where one types when the button that opened a thread is gone", async () => {
    const { ts } = say("lounge", "another question");
    const page = await visit.open("dana", "lounge");
    await page.getByText("another question").waitFor();
    say("lounge", "another answer", ts);
    await page.getByRole("button", { name: "Open the thread" }).click();
    await focusOn(threadOf(page).getByRole("heading", { name: "Thread" }));
    await page.keyboard.press("Escape");
    await focusOn(composer(page));
  });

  it("goes to the field in which the bot found something wrong", async () => {
    const page = await visit.open("dana", "private-oncall");
    await type(page, "/hooks digest");
    await page.getByRole("button", { name: "New digest" }).click();
    const form = page.getByRole("dialog", { name: "New digest" });
    const zone = form.getByLabel("Time zone");
    await zone.fill("Nowhere/Land");
    await form.getByRole("button", { name: "Set it up" }).focus();
    await page.keyboard.press("Enter");
    await form.getByRole("alert").filter({ hasText: "There is no time zone" }).waitFor();
    await focusOn(zone);
    await form.getByRole("button", { name: "Close", exact: true }).first().click();
    await form.waitFor({ state: "detached" });
  });
});

describe("a mistake", () => {
  it("in a command stays where it can be mended, and is read out only when it is made", async () => {
    const page = await visit.open("dana", "lounge");
    await type(page, "/hooksx failures");
    const told = page.locator(".told").filter({ hasText: "/hooksx is not a valid command." });
    await told.and(page.getByRole("alert")).waitFor();
    expect(await composer(page).inputValue()).toBe("/hooksx failures");
    await page.reload();
    await told.waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });
});

describe("the traffic", () => {
  it("is found by what a row shows, and says so where nothing is", async () => {
    const page = await visit.open();
    await type(page, "/hooks status");
    await page.getByRole("button", { name: "Traffic" }).click();
    const traffic = page.getByRole("region", { name: "Traffic" });
    const filter = traffic.getByRole("searchbox");
    await filter.fill("Slack → bot slash_commands");
    await traffic.getByText("slash_commands /hooks status").first().waitFor();
    await filter.fill("nothing like it");
    await traffic.getByText("Nothing matches.").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => filter.inputValue()).toBe("");
    await traffic.getByText("Nothing matches.").waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await traffic.waitFor({ state: "detached" });
  });

  it("the story and the channels cover a phone in turns", async () => {
    const page = await visit.open();
    await page.setViewportSize(PHONE);
    const traffic = page.getByRole("region", { name: "Traffic" });
    const story = page.getByRole("complementary", { name: "The story" });
    await page.getByRole("button", { name: "Traffic" }).click();
    await traffic.waitFor();
    expect(await page.locator("main[inert]").count()).toBe(1);
    await page.getByRole("button", { name: "Story" }).click();
    await story.waitFor();
    await traffic.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Traffic" }).click();
    await story.waitFor({ state: "detached" });
    await focusOn(traffic);
    await page.getByRole("button", { name: /Channels/ }).click();
    await traffic.waitFor({ state: "detached" });
    await goTo(page, "lounge");
    await isAt(page, "#lounge");
    await expect.poll(() => page.locator("main[inert]").count()).toBe(0);
  });
});

describe("a tab that nobody looks at", () => {
  it("listens no longer, and shows what came once somebody looks again", async () => {
    const page = await visit.open();
    const look = (isHidden: boolean) =>
      page.locator("html").evaluate((html, hidden) => {
        Object.defineProperty(html.ownerDocument, "hidden", { value: hidden, configurable: true });
        html.ownerDocument.dispatchEvent(new Event("visibilitychange"));
      }, isHidden);
    await look(true);
    say("ops", "while nobody looked");
    say("lounge", "and here");
    await look(false);
    await page.getByText("while nobody looked").waitFor();
    await page.getByRole("button", { name: "# lounge unread" }).waitFor();
  });
});
