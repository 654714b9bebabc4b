import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { scopesFinding } from "../../src/slack/checkup/scopes.ts";
import { SCOPES } from "../../src/slack/scopes.ts";

const manifest = z
  .object({
    oauth_config: z.object({ scopes: z.object({ bot: z.string().array(), bot_optional: z.string().array() }) }),
  })
  .parse(parse(readFileSync(join(import.meta.dirname, "../../manifest.yml"), "utf8")));

const ALL = SCOPES.map(({ name }) => name);

function named(need: "required" | "optional"): string[] {
  return SCOPES.filter((scope) => scope.need === need).map(({ name }) => name);
}

describe("the table of scopes", () => {
  it("holds what the manifest asks for, and nothing else", () => {
    // An optional scope stands in both of the manifest's lists.
    const { bot, bot_optional } = manifest.oauth_config.scopes;
    expect({ all: ALL.toSorted(), optional: named("optional").toSorted() }).toEqual({
      all: bot.toSorted(),
      optional: bot_optional.toSorted(),
    });
  });
});

describe("the scopes of the bot token", () => {
  it("are in order when all are there, whatever else is", () => {
    expect(scopesFinding([...ALL, "files:write"])).toMatchObject({ state: "ok" });
  });

  it.each(named("required"))("are a fault without %s, which says what is lost and how to get it", (name) => {
    const finding = scopesFinding(ALL.filter((other) => other !== name));
    expect(finding).toMatchObject({ state: "fault", told: expect.stringMatching(`^${name} is missing: .+\\.$`) });
    expect(finding.mend).toBe(
      `Add the scope ${name} in the app's page under OAuth & Permissions and install it again.`,
    );
  });

  it.each(named("optional"))("are a warning without %s, with what is weaker", (name) => {
    const finding = scopesFinding(ALL.filter((other) => other !== name));
    expect(finding).toMatchObject({ state: "warning", told: expect.stringContaining("may be repeated") });
  });

  it("are a fault where there is none at all, with every name in the mend", () => {
    const finding = scopesFinding([""]);
    expect(finding.state).toBe("fault");
    for (const name of ALL) expect(finding.mend).toContain(name);
  });

  it("are unknown where nobody told them", () => {
    expect(scopesFinding(undefined)).toMatchObject({ state: "unknown" });
  });
});
