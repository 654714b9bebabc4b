import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    environment: "node",
    // Most tests wait for loopback and for PostgreSQL: two workers fit on two cores.
    maxWorkers: 2,
    globalSetup: ["test/store/postgres.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
