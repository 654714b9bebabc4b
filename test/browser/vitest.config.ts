import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** `npm run test:browser`: needs a Chromium, so it is no part of `npm test`. */
export default defineConfig({
  // Vite would make a node_modules beside the tests.
  cacheDir: join(import.meta.dirname, "..", "..", "node_modules", ".vite"),
  test: {
    root: import.meta.dirname,
    include: ["*.browser.ts"],
    environment: "node",
    // Each of them waits for its browser, mostly.
    maxWorkers: 2,
    // No module of ours keeps anything between tests.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // A second, as it is by default, is soon over on a machine that is busy with other things.
    expect: { poll: { timeout: 30_000 } },
  },
});
