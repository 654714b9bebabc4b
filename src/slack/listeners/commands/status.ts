import { readStatus } from "../../../collect/status.ts";
import type { Outcome } from "../../context.ts";
import { statusMessage } from "../../views/status.ts";
import { whileWorking } from "./answering.ts";
import type { Asked } from "./subcommands.ts";

/** `/hooks status`. */
export function status(asked: Asked): Promise<Outcome> {
  const { collector, now } = asked.context;
  return whileWorking(asked, async (signal) => ({
    outcome: "answered",
    toAsker: statusMessage(await readStatus(collector, now(), signal)),
  }));
}
