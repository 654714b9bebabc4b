import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { HOOKS_COMMAND } from "../src/slack/listeners/commands/hooks.ts";
import { SUBCOMMANDS } from "../src/slack/listeners/commands/subcommands.ts";
import { SCOPES } from "../src/slack/scopes.ts";

const ROOT = join(import.meta.dirname, "..");

/** Of Slack's schema what concerns us, limits included. https://docs.slack.dev/reference/app-manifest */
const manifestSchema = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(1) }),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().max(140),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: z.string().min(1).max(80), always_online: z.boolean() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\/.{1,31}$/),
          description: z.string().min(1).max(2_000),
          usage_hint: z.string().max(1_000),
          should_escape: z.boolean(),
        }),
      )
      .length(1),
  }),
  oauth_config: z.strictObject({
    scopes: z.strictObject({ bot: z.array(z.string().max(50)), bot_optional: z.array(z.string().max(50)) }),
  }),
  settings: z.strictObject({
    interactivity: z.strictObject({ is_enabled: z.literal(true) }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.literal(true),
    token_rotation_enabled: z.literal(false),
  }),
});

const manifest = manifestSchema.parse(parse(readFileSync(join(ROOT, "manifest.yml"), "utf8")));
const readme = readFileSync(join(ROOT, "README.md"), "utf8");

function namesOf(scopes: typeof SCOPES): string[] {
  return scopes.map(({ name }) => name).sort();
}

describe("the manifest of the Slack app", () => {
  it("names the command that the bot answers to, and every subcommand", () => {
    const [command] = manifest.features.slash_commands;
    expect(command?.command).toBe(HOOKS_COMMAND);
    const hinted = command?.usage_hint.split(" | ").map((hint) => hint.split(" ", 1)[0]);
    expect(hinted?.sort()).toEqual(Object.keys(SUBCOMMANDS).sort());
  });

  it("asks for the scopes that the bot uses and for no others, and lists the optional ones twice, as Slack wants", () => {
    const { bot, bot_optional } = manifest.oauth_config.scopes;
    expect(bot.toSorted()).toEqual(namesOf(SCOPES));
    expect(bot_optional.toSorted()).toEqual(namesOf(SCOPES.filter(({ need }) => need === "optional")));
  });

  it("asks for scopes that the README gives a reason for, optional ones as such", () => {
    const [, section = ""] = /^### Scopes$([\s\S]*?)^#{2,3} /m.exec(readme) ?? [];
    const rows = section.split("\n").filter((line) => line.startsWith("| `"));
    const told = rows.flatMap((row) => {
      const [, names = "", why = ""] = row.split("|");
      expect(why.trim()).not.toBe("");
      const need = names.includes("(optional)") ? "optional" : "required";
      return [...names.matchAll(/`([\w:.]+)`/g)].map(([, name]) => `${name} ${need}`);
    });
    expect(told.sort()).toEqual(SCOPES.map(({ name, need }) => `${name} ${need}`).sort());
  });
});

describe("the hooks of the Slack CLI", () => {
  const { hooks } = z
    .object({ hooks: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(ROOT, ".slack/hooks.json"), "utf8")));

  it("print the manifest as JSON, whatever flags the CLI appends", () => {
    const [, ...words] = hooks["get-manifest"]?.split(" ") ?? [];
    const { stdout } = spawnSync(process.execPath, [...words, "--protocol=default"], { cwd: ROOT, encoding: "utf8" });
    expect(manifestSchema.parse(JSON.parse(stdout))).toEqual(manifest);
  });

  it("start the bot by a script that is there", () => {
    const scripts = z.object({ scripts: z.record(z.string(), z.string()) });
    expect(hooks.start).toBe("npm start --silent");
    expect(scripts.parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"))).scripts.start).toBeDefined();
  });
});
