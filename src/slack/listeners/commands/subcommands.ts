import type { SlashCommand } from "@slack/bolt";
import type { Aside } from "../../aside.ts";
import type { Outcome, SlackContext } from "../../context.ts";
import type { Readings } from "../../late/reading.ts";
import type { Person } from "../../people.ts";
import { digest } from "./digest.ts";
import { failures } from "./failures.ts";
import { help } from "./help.ts";
import { invocation } from "./invocation.ts";
import { invocations } from "./invocations.ts";
import { status } from "./status.ts";
import { test } from "./test.ts";
import { webhooks } from "./webhooks.ts";

/** A subcommand that somebody who may ask has asked. */
export interface Asked {
  context: SlackContext;
  command: SlashCommand;
  aside: Aside;
  person: Person;
  /** The subcommand's name. */
  name: string;
  /** What is being read at this moment, for all who ask. */
  readings: Readings;
  /** What follows the subcommand's name. */
  rest: string;
}

/** By the word after `/hooks`; one file each. */
export const SUBCOMMANDS: Record<string, (asked: Asked) => Promise<Outcome>> = {
  failures,
  invocations,
  invocation,
  webhooks,
  test,
  digest,
  status,
  help,
};
