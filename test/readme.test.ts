import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");

describe("what people read first", () => {
  it.each(globSync(["*.md", "docs/**/*.md"], { cwd: ROOT }).sort())(
    "%s has no gap that was to be filled in",
    (path) => {
      const lines = readFileSync(join(ROOT, path), "utf8").split("\n");
      const gaps = lines.flatMap((line, index) => (line.includes("{{") ? [`line ${index + 1}: ${line}`] : []));
      expect(gaps).toEqual([]);
    },
  );

  it("is there", () => {
    expect(globSync("README.md", { cwd: ROOT })).toHaveLength(1);
  });
});
