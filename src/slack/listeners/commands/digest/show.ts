import { windowUpTo } from "../../../../triage/digest/due.ts";
import { DAY_MS } from "../../../../triage/time-zone.ts";
import { windowOf } from "../../../../triage/window.ts";
import type { Outcome } from "../../../context.ts";
import { askDigest } from "../../../digest/ask.ts";
import { digestMessage } from "../../../views/digest.ts";
import { whileWorking } from "../answering.ts";
import type { Asked } from "../subcommands.ts";
import { chooseDigest } from "./choose.ts";

/**
 * `/hooks digest now [number]`: the channel's digest up to now, for all to see. `/hooks digest preview [number]`: the same for the asker
 * alone. Where the channel has none it is of everything in the last 24 hours.
 */
export async function showDigest(asked: Asked, kind: "now" | "preview", number: number | undefined): Promise<Outcome> {
  const { context, command, person } = asked;
  const chosen = await chooseDigest(asked, kind, number);
  if (chosen.kind === "told") return "not_understood";
  const one = chosen.kind === "one" ? chosen : undefined;
  const now = context.now();
  const window = one ? windowUpTo(one.digest.schedule, now) : windowOf(now.getTime() - DAY_MS, now.getTime());
  const terms = one?.digest.terms ?? "";
  return whileWorking(asked, async (signal) => {
    const { answer, queryText, trouble } = await askDigest(context, { terms, window, now }, signal);
    const message = digestMessage(answer, {
      kind,
      terms,
      queryText,
      askedBy: person.userId,
      command: command.command,
      ...(trouble && { trouble }),
      ...(one && { schedule: one.digest.schedule, number: one.digest.number }),
    });
    return { outcome: "answered", ...(kind === "now" ? { toChannel: message } : { toAsker: message }) };
  });
}
