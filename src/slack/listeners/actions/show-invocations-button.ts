import type { SlackContext } from "../../context.ts";
import { moreButton } from "./more-button.ts";

/** **Show invocations** below issues: every failed one of the same question in the thread; its first page, as More has the later ones. */
export function showInvocationsButton(context: SlackContext) {
  return moreButton(context);
}
