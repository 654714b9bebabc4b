import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { openChromium } from "./chromium.ts";
import { openDemo } from "./demo.ts";

/** `npm run demo:shots`: goes through the main story in a browser, and takes the README's pictures on the way. */

/** A Thursday, twelve past nine in the morning in Berlin: the same story every time. */
const STARTS_AT = new Date("2026-11-19T08:12:00Z");
const FOLDER = join(import.meta.dirname, "../../docs/pictures");
/** Tried again and again before it is given up. */
const BROKEN = { webhook: "PagerDuty escalation", cause: "maintenance-503-retried" };
const WIDE = { width: 1280, height: 820 };
const PHONE = { width: 400, height: 780 };
/** A digest reads all that happened in a day. */
const PATIENCE_MS = 60_000;

async function takePictures(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const demo = await openDemo({ startsAt: STARTS_AT, isStill: true, hasKnownPorts: false });
  try {
    const browser = await openChromium({ ...WIDE, colours: "light" });
    try {
      const page = await browser.context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      await tellStory(page, demo.url);
    } finally {
      await browser.close();
    }
  } finally {
    await demo.close();
  }
}

async function tellStory(page: Page, url: string): Promise<void> {
  await page.goto(url);
  // At this width it is closed at first.
  await page.getByRole("button", { name: "Story" }).click();
  const zendesk = page.getByRole("region", { name: "Zendesk" });
  await zendesk.getByLabel("Webhook").selectOption(BROKEN.webhook);
  await zendesk.getByLabel("Cause").selectOption(BROKEN.cause);
  await zendesk.getByRole("button", { name: "Break the endpoint" }).click();
  await page.getByRole("button", { name: "1 hour on" }).click();
  await page.getByRole("strong").filter({ hasText: "10:12" }).waitFor();
  await page.getByRole("button", { name: "Story" }).click();
  await type(page, "/hooks failures last 24h provider:zendesk");
  const attempts = page.getByRole("button", { name: new RegExp(`^Attempts at .*${BROKEN.webhook}`) }).first();
  await attempts.waitFor();
  await picture(page, "failures");

  await attempts.click();
  await page.getByRole("button", { name: "Open the thread" }).click();
  await page
    .getByRole("complementary", { name: "Thread" })
    .getByRole("heading", { name: /^Attempts/ })
    .waitFor();
  await picture(page, "thread");

  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, "phone");
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: "light" });

  await page.getByRole("button", { name: "Close the thread" }).click();
  await page.getByRole("button", { name: "Story" }).click();
  await page.getByRole("button", { name: "Move to the next digest" }).click();
  const digest = page.getByRole("heading", { name: /^Daily digest/ });
  await digest.waitFor();
  await page.getByRole("button", { name: "Story" }).click();
  await toTop(digest);
  await picture(page, "digest");
}

async function type(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message #ops" }).fill(text);
  await page.keyboard.press("Enter");
}

/** The message with this in it, from its beginning. */
function toTop(inside: Locator): Promise<void> {
  return inside.evaluate((element) => element.closest("li")?.scrollIntoView({ block: "start" }));
}

async function picture(page: Page, name: string): Promise<void> {
  // Nothing is pointed at, and nothing blinks.
  await page.mouse.move(0, 0);
  await page.locator(":focus").evaluateAll((focused) => {
    for (const element of focused) element.blur();
  });
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: "disabled" });
  console.log(`docs/pictures/${name}.png`);
}

await takePictures();
