import type { Outcome } from "../../context.ts";
import { helpMessage } from "../../views/help.ts";
import type { Asked } from "./subcommands.ts";

/** `/hooks help`. */
export async function help({ aside }: Asked): Promise<Outcome> {
  await aside.say(helpMessage());
  return "answered";
}
