import { parseDigest } from "../../../triage/digest/parse-digest.ts";
import type { Outcome } from "../../context.ts";
import { faultMessage } from "../../views/fault.ts";
import { asCommand, whileWorking } from "./answering.ts";
import { keepDigest } from "./digest/keep.ts";
import { listDigests } from "./digest/list.ts";
import { endChosenDigest } from "./digest/off.ts";
import { showDigest } from "./digest/show.ts";
import type { Asked } from "./subcommands.ts";

/** `/hooks digest …`: sets one up, or handles those that the channel has. */
export async function digest(asked: Asked): Promise<Outcome> {
  const { context, aside, command, person } = asked;
  const parsed = parseDigest(asked.rest, {
    now: context.now(),
    timeZone: person.timeZone,
    providers: context.collector.providers.map((provider) => provider.id),
  });
  if (!parsed.ok) {
    await aside.say(faultMessage(asCommand(parsed.fault)));
    return "not_understood";
  }
  const wanted = parsed.command;
  switch (wanted.kind) {
    case "form":
    case "list":
      return listDigests(asked);
    case "now":
    case "preview":
      return showDigest(asked, wanted.kind, wanted.number);
    case "off":
      return endChosenDigest(asked, wanted.number);
    case "subscribe": {
      const asker = { channel: command.channel_id, userId: person.userId, command: command.command };
      return whileWorking(asked, async (signal) => {
        const { outcome, message } = await keepDigest(context, wanted.wish, asker, signal);
        return { outcome, toAsker: message };
      });
    }
  }
}
