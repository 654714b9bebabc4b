import { respondWith } from "../../post.ts";
import { helpMessage } from "../../views/help.ts";
import type { Asked } from "./subcommands.ts";

/** `/hooks help`. */
export function help({ respond }: Asked): Promise<void> {
  return respondWith(respond, helpMessage());
}
