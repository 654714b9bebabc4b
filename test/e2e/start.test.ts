import { afterEach, describe, expect, it } from "vitest";
import { createLog } from "../../src/ops/log.ts";
import { type OpenStory, openStory } from "./stage.ts";

describe("a start that leaves something to mend", () => {
  let story: OpenStory | undefined;
  afterEach(() => story?.stage.close());

  it("says in the log what Slack and the provider do not allow, with the mend, and is up all the same", async () => {
    const lines: string[] = [];
    const log = createLog({ level: "info", secrets: [], destination: { write: (line) => lines.push(line) } });
    story = await openStory({ log, env: { ZENDESK_ACCESS_TOKEN: "a-mistyped-token" } });
    story.stage.slack.scopes.delete("users:read");
    await story.stage.restart();
    await story.stage.bot.settled();
    const entries = lines.map((line) => JSON.parse(line));
    expect(entries.filter(({ msg }) => msg === "hooktriage is up")).toHaveLength(2);
    const warnings = entries.filter(({ level, check }) => level === "warn" && check !== undefined);
    expect(warnings).toContainEqual(
      expect.objectContaining({
        check: "zendesk access",
        msg: expect.stringContaining("Zendesk answered 401"),
        mend: expect.stringContaining("ZENDESK_ACCESS_TOKEN"),
      }),
    );
    expect(warnings).toContainEqual(
      expect.objectContaining({ check: "slack scopes", mend: expect.stringContaining("Add the scope users:read") }),
    );

    const dana = story.person("dana");
    await dana.types("#ops", "/hooks failures");
    const told = await dana.expectEphemeral("#ops", "lacks the scope users:read");
    expect(told.text).toMatch(/install the app again[\s\S]*Request [0-9a-f]{10}/);
    expect(told.text).not.toContain("Try again in a minute");
    const refused = lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === "refused a command");
    expect(refused).toMatchObject({ level: "info", refusal: "missing_scope" });
    expect(refused).not.toHaveProperty("err");
  });
});
