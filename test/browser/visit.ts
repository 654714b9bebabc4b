import type { Locator, Page } from "playwright-core";
import { openChromium, type Window } from "../../sandbox/page/chromium.ts";
import { type Demo, openDemo } from "../../sandbox/page/demo.ts";

/** A Thursday morning in Berlin. */
const STARTS_AT = new Date("2026-11-19T08:12:00Z");
/** Long enough for a machine of two cores that is busy with other things. */
const PATIENCE_MS = 60_000;

/** Grey, of eight by eight pixels. */
export const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEElEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC",
  "base64",
);

/** The demo, and somebody in front of it. */
export interface Visit {
  demo: Demo;
  /** Opens the page anew, as somebody, somewhere, in the place of the one before. */
  open(as?: string, channel?: string): Promise<Page>;
  /** What went wrong in the page itself: errors, and scripts or requests that it should not have tried. Whoever reads them empties it. */
  troubles: string[];
  close(): Promise<void>;
}

/** @throws where there is no Chromium, or it does not start; then nothing of the demo stays open. */
export async function openVisit(window: Window): Promise<Visit> {
  const demo = await openDemo({ startsAt: STARTS_AT, isStill: true, hasKnownPorts: false });
  const browser = await openChromium(window).catch(async (error: unknown) => {
    await demo.close();
    throw error;
  });
  const troubles: string[] = [];
  // Nobody outside of this machine is asked: their pictures are all the same one.
  const isOutside = ({ hostname }: URL) => hostname !== "127.0.0.1";
  await browser.context.route(isOutside, (route) => route.fulfill({ contentType: "image/png", body: PICTURE }));
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
      try {
        await browser.close();
      } finally {
        await demo.close();
      }
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

/** Resolves once the focus is there. */
export async function focusOn(element: Locator): Promise<void> {
  await element.and(element.page().locator(":focus")).waitFor();
}

/** What has no name that a screen reader could say. */
export function nameless(page: Page): Promise<string[]> {
  return page.locator("button, a, input, select, textarea, [role=region], [role=menu]").evaluateAll((elements) => {
    const isNamed = (element: (typeof elements)[number]) => {
      const by = element.getAttribute("aria-labelledby") ?? element.id;
      const label = by === "" ? null : element.ownerDocument.querySelector(`[for="${by}"], [id="${by}"]`);
      const said = [element.getAttribute("aria-label"), label?.textContent, element.closest("label")?.textContent];
      return [...said, element.textContent].some((text) => (text ?? "").trim() !== "");
    };
    return elements.filter((element) => !isNamed(element)).map((element) => element.outerHTML.slice(0, 120));
  });
}
