import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { loadTemplate, prepareTemplate, templateFile } from "../../../src/store/embedded/template.ts";
import { newFolder } from "../databases.ts";

describe("the template of the embedded database", () => {
  let folder: string;
  const warnings: string[] = [];
  const warn = (line: string) => warnings.push(line);
  beforeEach(() => {
    folder = newFolder();
    warnings.length = 0;
  });

  it("is made on the spot where it is missing, and once: under a name with PGlite's version, and without a word", async () => {
    const cache = join(folder, "cache");
    const made = await loadTemplate(cache);
    expect(made?.size).toBeGreaterThan(1_000_000);
    expect(readdirSync(cache)).toEqual([expect.stringMatching(/^pglite-\d+\.\d+\.\d+\.tar\.gz$/)]);
    const { mtimeMs } = statSync(await templateFile(cache));
    await prepareTemplate(cache, warn);
    expect((await loadTemplate(cache))?.size).toBe(made?.size);
    expect(statSync(await templateFile(cache)).mtimeMs).toBe(mtimeMs);
    expect(warnings).toEqual([]);
  });

  it("is a line of warning, never a failure, when it cannot be kept at install time", async () => {
    const file = join(folder, "not-a-folder");
    writeFileSync(file, "");
    await prepareTemplate(file, warn);
    expect(warnings).toEqual([
      expect.stringMatching(/^Hooktriage: the template .* was not made .*; the first start makes it\.$/),
    ]);
  });
});
