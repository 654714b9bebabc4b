import type { Button } from "@slack/types";
import { button } from "../blocks/build.ts";
import { encodeMore, SHOW_INVOCATIONS_ACTION } from "../button-values.ts";

/** **Show invocations** below issues; none where the question is too long for a button. `queryText` is the canonical query. */
export function showInvocationsButton(queryText: string, asOf: Date): Button | undefined {
  const value = encodeMore({ view: "invocations", query: queryText, asOf, offset: 0 });
  return button(SHOW_INVOCATIONS_ACTION, "Show invocations", value, "Show invocations: every failed one, newest first");
}
