import type { Button } from "@slack/types";
import type { Issue } from "../../triage/issue.ts";
import { partTermsIn } from "../../triage/part-terms.ts";
import type { Window } from "../../triage/window.ts";
import { button } from "../blocks/build.ts";
import { outsidePlain } from "../blocks/text.ts";
import { encodeWhyGrouped, WHY_GROUPED_ACTION } from "../button-values.ts";
import { webhookName } from "./phrases.ts";

/**
 * **Why grouped?** under an issue of an answer for this window. `queryText` is its canonical query. Screen readers hear of which issue,
 * since there is one for each.
 */
export function whyGroupedButton(issue: Issue, window: Window, queryText: string): Button | undefined {
  const { id, provider, webhook, cause } = issue;
  const terms = partTermsIn(queryText);
  const value = encodeWhyGrouped({ provider, webhookId: webhook.id, issueId: id, window, terms });
  const label = `Why grouped? ${outsidePlain(webhookName(webhook), 20)}: ${outsidePlain(cause.title, 36)}`;
  return button(WHY_GROUPED_ACTION, "Why grouped?", value, label);
}
