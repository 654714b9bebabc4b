import type { Page } from "playwright-core";
import { openChromium, type Window } from "../../sandbox/page/chromium.ts";
import { type Demo, openDemo } from "../../sandbox/page/demo.ts";

/** A Thursday morning in Berlin. */
const STARTS_AT = new Date("2026-11-19T08:12:00Z");
const PATIENCE_MS = 30_000;

/** The demo, and somebody in front of it. */
export interface Visit {
  demo: Demo;
  /** Opens the page anew, as somebody, somewhere, in the place of the one before. */
  open(as?: string, channel?: string): Promise<Page>;
  /** What went wrong in the page itself: errors, and scripts or requests that it should not have tried. */
  troubles: string[];
  close(): Promise<void>;
}

export async function openVisit(window: Window): Promise<Visit> {
  const demo = await openDemo({ startsAt: STARTS_AT, isStill: true, hasKnownPorts: false });
  const browser = await openChromium(window);
  const troubles: string[] = [];
  return {
    demo,
    troubles,
    async open(as = "dana", channel = "ops") {
      // A browser keeps six connections to one host, and every page has one for what happens.
      await Promise.all(browser.context.pages().map((earlier) => earlier.close()));
      const page = await browser.context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      page.on("pageerror", (error) => troubles.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error") troubles.push(message.text());
      });
      await page.goto(`${demo.url}/#as=${as}&channel=${channel}`);
      await composer(page).waitFor();
      return page;
    },
    async close() {
      await browser.close();
      await demo.close();
    },
  };
}

export function composer(page: Page) {
  return page.getByRole("textbox", { name: /^Message / });
}

/** Types a line and sends it. */
export async function type(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.keyboard.press("Enter");
}
