import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { SUBCOMMANDS } from "../../src/slack/views/help.ts";
import type { ShownCommand } from "./wire.ts";

const MANIFEST = z.object({
  features: z.object({
    app_home: z.object({ home_tab_enabled: z.boolean() }),
    slash_commands: z.array(z.object({ command: z.string(), description: z.string(), usage_hint: z.string() })),
  }),
});

/** What the app's manifest says of its commands and its Home tab. */
export function readManifest(): { commands: ShownCommand[]; hasHomeTab: boolean } {
  const text = readFileSync(new URL("../../manifest.yml", import.meta.url), "utf8");
  const { features } = MANIFEST.parse(parse(text));
  return {
    hasHomeTab: features.app_home.home_tab_enabled,
    commands: features.slash_commands.map(({ command, description, usage_hint: usageHint }) => ({
      command,
      description,
      usageHint,
      examples: examplesOf(command, usageHint),
    })),
  };
}

/** Those of the bot's own help, and what only the hint names. */
function examplesOf(command: string, usageHint: string): ShownCommand["examples"] {
  const told = SUBCOMMANDS.filter(([text]) => text.split(" ")[0] === command);
  const examples = told.map(([text, meaning]) => ({ text, meaning }));
  const hinted = usageHint.split("|").map((hint) => `${command} ${hint.trim()}`);
  const missing = hinted.filter((text) => !examples.some((example) => `${example.text} `.startsWith(`${text} `)));
  return [...examples, ...missing.map((text) => ({ text, meaning: "" }))];
}
