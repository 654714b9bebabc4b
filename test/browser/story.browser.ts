import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { composer, focusOn, openVisit, type, type Visit } from "./visit.ts";

let visit: Visit;
beforeAll(async () => {
  visit = await openVisit({ width: 1440, height: 900, colours: "light" });
  return () => visit.close();
});
afterEach(() => expect(visit.troubles.splice(0)).toEqual([]));

describe("a person on call", () => {
  it("types a command with the help of its completion, presses Attempts and reads the thread, all by keyboard", async () => {
    const page = await visit.open();
    await composer(page).focus();
    await page.keyboard.type("/hooks fa");
    await page.getByRole("option", { name: /failures last 24h/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(() => composer(page).inputValue()).toBe("/hooks failures last 24h");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /failed invocations in/ }).waitFor();
    await page.locator("[aria-live=polite]").filter({ hasText: "Hooktriage" }).waitFor({ state: "attached" });

    const attempts = page.getByRole("button", { name: /^Attempts at/ }).first();
    await attempts.focus();
    await page.keyboard.press("Enter");
    const open = page.getByRole("button", { name: "Open the thread" });
    await open.focus();
    await page.keyboard.press("Enter");
    const thread = page.getByRole("complementary", { name: "Thread" });
    await thread.getByRole("heading", { name: /^Attempts:/ }).waitFor();
    await thread.getByRole("table", { name: "Attempts, oldest first" }).waitFor();
    await focusOn(thread.getByRole("heading", { name: "Thread" }));
    await page.keyboard.press("Escape");
    await thread.waitFor({ state: "detached" });
  });

  it("fills in the digest form, hears what is wrong at the field itself, and sees when the digest comes", async () => {
    const page = await visit.open("dana", "private-oncall");
    await type(page, "/hooks digest");
    const begin = page.getByRole("button", { name: "New digest" });
    await begin.click();
    const form = page.getByRole("dialog", { name: "New digest" });
    await form.getByLabel("Days").selectOption({ label: "Weekdays, Monday to Friday" });
    const zone = form.getByLabel("Time zone");
    await zone.fill("");
    await form.getByRole("button", { name: "Set it up" }).click();
    await form.getByRole("alert").filter({ hasText: "Please complete this required field." }).waitFor();
    await zone.fill("Nowhere/Land");
    await form.getByRole("button", { name: "Set it up" }).click();
    await form.getByRole("alert").filter({ hasText: "There is no time zone" }).waitFor();
    expect(await zone.getAttribute("aria-invalid")).toBe("true");
    await zone.fill("Europe/Berlin");
    await form.getByRole("button", { name: "Set it up" }).click();
    await form.waitFor({ state: "detached" });
    await focusOn(begin);
    await page.getByText("Every weekday at 09:00 (Europe/Berlin)", { exact: true }).waitFor();
    await page.getByText(/The next digest comes on/).waitFor();
  });

  it("sees text where HTML was typed", async () => {
    const page = await visit.open("dana", "lounge");
    const html = `<img src="x" onerror="document.title='taken'"> *bold* <https://a.example|b>`;
    await type(page, html);
    const message = page.locator(".message").filter({ hasText: `<img src="x" onerror="document.title='taken'">` });
    await message.waitFor();
    const made = message.getByRole("img").or(message.getByRole("link", { name: "b", exact: true }));
    expect(await made.count()).toBe(0);
  });
});

describe("a person who comes and goes", () => {
  it("sees what is unread, and finds their place again", async () => {
    const page = await visit.open("omar", "lounge");
    const { slack } = visit.demo.stage;
    slack.say("dana", slack.workspace.channel("ops").id, "anybody?");
    await page.getByRole("button", { name: "# ops unread" }).click();
    await page.getByText("anybody?", { exact: true }).waitFor();
    await page.getByRole("button", { name: /unread/ }).waitFor({ state: "detached" });
    await type(page, "/hoks");
    await page.getByText("/hoks is not a valid command.").waitFor();
    await page.reload();
    await page.getByText("/hoks is not a valid command.").waitFor();
    expect(await page.getByLabel("Act as").inputValue()).toBe("omar");
    expect(await page.getByRole("main").getAttribute("aria-label")).toBe("#ops");
    await page.locator(".told").filter({ hasText: "/hoks" }).getByRole("button", { name: "Dismiss" }).click();
    await page.getByText("/hoks is not a valid command.").waitFor({ state: "detached" });
  });
});

describe("who works on a message", () => {
  it("sees where Slack refused a block, and what the bot posted instead", async () => {
    const page = await visit.open();
    await page.getByRole("button", { name: "Refuse newer blocks" }).click();
    await page.getByText(/Slack refuses blocks of the types data_table/).waitFor();
    await type(page, "/hooks webhooks");
    const refused = page.getByRole("alert").filter({ hasText: "invalid_blocks" });
    await refused.getByText("/blocks/2/type").waitFor();
    await page.getByRole("heading", { name: /webhooks:/ }).waitFor();
    expect(await page.getByRole("table").count()).toBe(0);
    // Not only there: in sight, with the answer below it.
    await expect
      .poll(() => refused.evaluate((one) => one.getBoundingClientRect().top - (one.parentElement?.offsetTop ?? 0)))
      .toBeGreaterThanOrEqual(-1);
    await page.getByRole("button", { name: "Take all blocks again" }).click();
  });

  it("heals what was broken a moment before, without picking it", async () => {
    const page = await visit.open();
    const zendesk = page.getByRole("region", { name: "Zendesk" });
    const failing = zendesk.getByRole("list", { name: "What is failing at Zendesk" });
    const before = await failing.getByRole("listitem").allTextContents();
    await zendesk.getByRole("button", { name: "Break the endpoint" }).click();
    await expect.poll(() => failing.getByRole("listitem").count()).toBe(before.length + 1);
    const ask = zendesk.getByRole("button", { name: /^Ask about it/ });
    await expect.poll(() => ask.evaluate((one) => one.getBoundingClientRect().bottom <= innerHeight)).toBe(true);
    await zendesk.getByRole("button", { name: "Heal the endpoint" }).click();
    await expect.poll(() => failing.getByRole("listitem").allTextContents()).toEqual(before);
  });

  it("reads the traffic, without the credentials in it", async () => {
    const page = await visit.open();
    await type(page, "/hooks status");
    await page.getByRole("button", { name: "Traffic" }).click();
    const traffic = page.getByRole("region", { name: "Traffic" });
    await traffic.getByText("slash_commands /hooks status").first().click();
    const request = traffic.getByLabel("Request").first();
    expect(await request.textContent()).toMatch(/"token": "•••"[\s\S]*\/response\/•••/);
  });

  it("sees what Slack tells a person whose command comes to nothing", async () => {
    const page = await visit.open();
    await type(page, "/hoks");
    await page.getByText("/hoks is not a valid command.").waitFor();
    await page.getByRole("button", { name: "Stop the bot" }).click();
    await page.getByText("The bot is down.").waitFor();
    await type(page, "/hooks status");
    await page.getByText('/hooks failed with the error "dispatch_failed"').waitFor();
    await page.getByRole("button", { name: "Start the bot" }).click();
    await page.getByText("The bot is up.").waitFor();
  });

  it("sees what Slack tells of a bot that hears nothing, until it is started anew", async () => {
    const page = await visit.open();
    await page.getByRole("button", { name: "Let the bot hear nothing" }).click();
    await page.getByText("The bot hears nothing, until it notices and connects anew.").waitFor();
    await type(page, "/hooks status");
    await page.getByText('/hooks failed with the error "operation_timeout"').waitFor();
    await page.getByRole("button", { name: "Stop the bot" }).click();
    await page.getByRole("button", { name: "Start the bot" }).click();
    await page.getByText("The bot is up.").waitFor();
    await page.getByText("The bot hears nothing").waitFor({ state: "detached" });
  });

  it("sees that a form came too late", async () => {
    const page = await visit.open("omar");
    await page.getByRole("button", { name: "Let the next form come too late" }).click();
    await page.getByText("The next form comes too late.").waitFor();
    await type(page, "/hooks digest");
    await page.getByRole("button", { name: "New digest" }).click();
    await page.getByRole("alert").filter({ hasText: "expired_trigger_id" }).waitFor();
  });
});
