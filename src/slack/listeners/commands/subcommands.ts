import type { RespondFn, SlashCommand } from "@slack/bolt";
import type { SlackContext } from "../../context.ts";
import type { Person } from "../../people.ts";
import { failures } from "./failures.ts";
import { help } from "./help.ts";
import { invocation } from "./invocation.ts";
import { invocations } from "./invocations.ts";
import { status } from "./status.ts";
import { webhooks } from "./webhooks.ts";

/** A subcommand that somebody who may ask has asked. */
export interface Asked {
  context: SlackContext;
  command: SlashCommand;
  respond: RespondFn;
  person: Person;
  /** The subcommand's name. */
  name: string;
  /** What follows the subcommand's name. */
  rest: string;
}

/** By the word after `/hooks`; one file each. */
export const SUBCOMMANDS: Record<string, (asked: Asked) => Promise<void>> = {
  failures,
  invocations,
  invocation,
  webhooks,
  status,
  help,
};
