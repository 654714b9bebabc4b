import type { Page } from "playwright-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { focusOn, nameless, openVisit, type, type Visit } from "./visit.ts";

let visit: Visit;
beforeAll(async () => {
  visit = await openVisit({ width: 400, height: 780, colours: "dark" });
  return () => visit.close();
});
afterEach(() => expect(visit.troubles.splice(0)).toEqual([]));

/** How much wider than the window the page is, in pixels. */
function overflow(page: Page): Promise<number> {
  return page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
}

describe("on a phone", () => {
  it("nothing is wider than the screen, and everything that can be used has a name", async () => {
    const page = await visit.open();
    await type(page, "/hooks webhooks");
    await page.getByRole("table").waitFor();
    expect([await overflow(page), await nameless(page)]).toEqual([0, []]);

    await page.getByRole("button", { name: "Story" }).click();
    await page.getByRole("region", { name: "Zendesk" }).waitFor();
    expect([await overflow(page), await nameless(page)]).toEqual([0, []]);
    await page.getByRole("button", { name: "Story" }).click();

    await page.getByRole("button", { name: "Traffic" }).click();
    await page.getByRole("region", { name: "Traffic" }).waitFor();
    expect([await overflow(page), await nameless(page)]).toEqual([0, []]);
    await page.getByRole("button", { name: "Traffic" }).click();
  });

  it("the channels are behind a button, and lead to the direct message, without a Home tab that the app does not have", async () => {
    const page = await visit.open();
    await page.getByRole("button", { name: /Channels/ }).click();
    await page.getByRole("navigation", { name: "Channels" }).getByRole("button", { name: "Hooktriage" }).click();
    await page.getByRole("heading", { name: "Hooktriage", level: 2 }).waitFor();
    await page.getByText("hears commands only, like /hooks").waitFor();
    expect(await page.getByRole("button", { name: "Home" }).count()).toBe(0);
  });

  it("what is covered is left alone, the focus goes into what opens, and Escape closes it", async () => {
    const page = await visit.open();
    const story = page.getByRole("button", { name: "Story" });
    await story.click();
    const panel = page.getByRole("complementary", { name: "The story" });
    await focusOn(panel);
    expect(await story.getAttribute("aria-expanded")).toBe("true");
    expect(await page.locator("main[inert]").count()).toBe(1);
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    await expect.poll(() => page.locator("main[inert]").count()).toBe(0);
    await focusOn(story);
  });

  it("what Slack says of a line in a thread stands in the thread", async () => {
    const page = await visit.open();
    await type(page, "a question");
    await page.locator(".message").filter({ hasText: "a question" }).getByLabel("Reply in thread").click();
    const thread = page.getByRole("complementary", { name: "Thread" });
    await thread.getByRole("textbox", { name: "Reply" }).fill("/hooks");
    await page.keyboard.press("Enter");
    await thread.getByText("/hooks is not supported in threads.").waitFor();
    expect(await page.locator("main[inert]").count()).toBe(1);
    await page.reload();
    await thread.getByText("/hooks is not supported in threads.").waitFor();
  });

  it("the colours follow the system, and the switch", async () => {
    const page = await visit.open();
    const paper = () =>
      page.locator("body").evaluate((body) => body.ownerDocument.defaultView?.getComputedStyle(body).backgroundColor);
    await expect.poll(paper).toBe("rgb(26, 29, 33)");
    await page.getByRole("button", { name: "Colours: system" }).click();
    await expect.poll(paper).toBe("rgb(255, 255, 255)");
  });
});

describe("other people", () => {
  it.each([
    ["rex", "vendors", /answers only people of the organisation/],
    ["gil", "ops", /guest/i],
  ])("%s gets a polite no, and sees only the channels that they are in", async (name, channel, answer) => {
    const page = await visit.open(name, channel);
    await type(page, "/hooks");
    await page.getByText(answer).last().waitFor();
    await page.getByRole("button", { name: /Channels/ }).click();
    const channels = page.getByRole("navigation", { name: "Channels" });
    await channels.getByRole("button", { name: channel }).waitFor();
    expect(await channels.getByRole("button", { name: /secret|lounge/ }).count()).toBe(0);
  });
});
