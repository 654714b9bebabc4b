import { readStatus } from "../../../collect/status.ts";
import { processChecks } from "../../../ops/checkup.ts";
import { scopesCheck } from "../../checkup.ts";
import type { Outcome } from "../../context.ts";
import { statusMessage } from "../../views/status.ts";
import { whileWorking } from "./answering.ts";
import type { Asked } from "./subcommands.ts";

/** `/hooks status`. */
export function status(asked: Asked): Promise<Outcome> {
  const { collector, web, now } = asked.context;
  const checks = [scopesCheck(web), ...processChecks(asked.person.timeZone)];
  return whileWorking(asked, async (signal) => {
    const request = { now: now(), channel: asked.command.channel_id, checks };
    return { outcome: "answered", toAsker: statusMessage(await readStatus(collector, request, signal)) };
  });
}
