import { statfsSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** It waits for real processes, mostly: whatever starts after it runs beside it. */
const LONGEST = "test/e2e/kills.test.ts";

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => Number(b.moduleId.endsWith(LONGEST)) - Number(a.moduleId.endsWith(LONGEST)));
  }
}

/** Embedded databases are a thousand files each: where there is plenty of memory, they are made there. */
const MEMORY = "/dev/shm";
const PLENTY_BYTES = 4 * 1024 ** 3;

function hasPlentyOfMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > PLENTY_BYTES;
  } catch {
    return false;
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    environment: "node",
    // Most tests wait for loopback, for PostgreSQL or for processes of their own: three workers keep two cores busy.
    maxWorkers: 3,
    // No module of ours keeps anything between tests, so each is loaded once a worker.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    env: hasPlentyOfMemory() ? { TMPDIR: MEMORY } : {},
    globalSetup: ["test/store/postgres.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
