import { z } from "zod";
import type { Person } from "../slack/model.ts";
import type { SandboxSlack } from "../slack/server.ts";
import type { PersonAct } from "./wire.ts";

const FILLED = z.union([z.string(), z.array(z.string())]);
const FILL = z.record(z.string(), FILLED);

export const PERSON_ACT: z.ZodType<PersonAct> = z.discriminatedUnion("act", [
  z.strictObject({
    act: z.literal("type"),
    channel: z.string(),
    text: z.string().min(1),
    threadTs: z.string().optional(),
  }),
  z.strictObject({
    act: z.literal("press"),
    channel: z.string(),
    messageTs: z.string(),
    threadTs: z.string().optional(),
    blockId: z.string(),
    actionId: z.string(),
    value: FILLED.optional(),
    fill: FILL.optional(),
  }),
  z.strictObject({
    act: z.literal("press_in_view"),
    viewId: z.string(),
    blockId: z.string(),
    actionId: z.string(),
    value: FILLED.optional(),
    fill: FILL.optional(),
  }),
  z.strictObject({ act: z.literal("submit"), viewId: z.string(), fill: FILL }),
  z.strictObject({ act: z.literal("close"), isWhole: z.boolean().optional(), fill: FILL.optional() }),
  z.strictObject({ act: z.literal("open_home") }),
]);

/** Does it at once; what the bot makes of it comes as happenings. @throws for what no person could do. */
export async function doAct(
  slack: SandboxSlack,
  commands: readonly string[],
  person: Person,
  act: PersonAct,
): Promise<void> {
  const user = person.id;
  switch (act.act) {
    case "type":
      return typeText(slack, commands, person, act);
    case "press": {
      const { channel, messageTs, threadTs, blockId, actionId, value, fill = {} } = act;
      await slack.pressButton({
        user,
        channel,
        messageTs,
        blockId,
        actionId,
        fill,
        ...(value === undefined ? {} : { value }),
        ...(threadTs === undefined ? {} : { threadTs }),
      });
      return;
    }
    case "press_in_view": {
      const { viewId, blockId, actionId, value, fill = {} } = act;
      await slack.pressInView({ user, viewId, blockId, actionId, fill, ...(value === undefined ? {} : { value }) });
      return;
    }
    case "submit":
      await slack.submitView({ user, viewId: act.viewId, fill: act.fill });
      return;
    case "close":
      await slack.closeView({ user, isWhole: act.isWhole ?? false, fill: act.fill ?? {} });
      return;
    case "open_home":
      await slack.openHome(user);
      return;
    default:
      act satisfies never;
  }
}

/** A line that begins with a slash is a command, one that there is or not; in threads there are none. */
async function typeText(
  slack: SandboxSlack,
  commands: readonly string[],
  person: Person,
  { channel, text, threadTs }: { channel: string; text: string; threadTs?: string | undefined },
): Promise<void> {
  if (!text.startsWith("/")) {
    slack.say(person.id, channel, escaped(text), threadTs);
    return;
  }
  const [command = "", ...words] = text.split(" ");
  const error = threadTs !== undefined ? "not_in_threads" : "unknown_command";
  if (threadTs !== undefined || !commands.includes(command)) {
    const where = { channel, ...(threadTs === undefined ? {} : { threadTs }) };
    slack.happenings.add({ kind: "notice", user: person.id, ...where, error, about: command });
    return;
  }
  await slack.sendCommand({ user: person.id, channel, command, text: words.join(" ") });
}

/** What people type means nothing to Slack's markup. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
