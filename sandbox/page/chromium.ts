import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";

const DEBIANS = "/usr/bin/chromium";
/** A browser that talks to nobody but the page, and needs no graphics. */
const OPTIONS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface Window {
  width: number;
  height: number;
  colours: "light" | "dark";
}

/** A Chromium of one's own, which nobody has used before. Close it to be rid of all its traces. @throws where there is none. */
export async function openChromium(window: Window): Promise<{ context: BrowserContext; close(): Promise<void> }> {
  const named = process.env.CHROMIUM_PATH;
  const executablePath = named || DEBIANS;
  if (!existsSync(executablePath)) {
    const advice = named
      ? "CHROMIUM_PATH says so: correct it, or unset it"
      : "install it, or name yours in CHROMIUM_PATH";
    throw new Error(`There is no Chromium at ${executablePath}: ${advice}.`);
  }
  const folder = await mkdtemp(join(tmpdir(), "hooktriage-chromium-"));
  const { width, height, colours } = window;
  const forget = () => rm(folder, { recursive: true, force: true });
  try {
    const context = await chromium.launchPersistentContext(folder, {
      executablePath,
      headless: true,
      args: OPTIONS,
      viewport: { width, height },
      colorScheme: colours,
      locale: "en-GB",
    });
    return {
      context,
      async close() {
        await context.close();
        await forget();
      },
    };
  } catch (error) {
    await forget();
    throw error;
  }
}
