import { defineConfig } from "vitest/config";

/** `npm run test:browser`: needs a Chromium, so it is no part of `npm test`. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.browser.ts"],
    environment: "node",
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
