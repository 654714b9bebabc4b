import type { App } from "@slack/bolt";
import {
  ATTEMPTS_ACTION,
  END_DIGEST_ACTION,
  MORE_ACTION,
  NEW_DIGEST_ACTION,
  SHOW_INVOCATIONS_ACTION,
  TEST_ACTION,
  WHY_GROUPED_ACTION,
} from "../button-values.ts";
import type { SlackContext } from "../context.ts";
import { DIGEST_FORM } from "../views/digest-form.ts";
import type { Work } from "../work.ts";
import { attemptsButton } from "./actions/attempts-button.ts";
import { endDigestButton } from "./actions/end-digest-button.ts";
import { moreButton } from "./actions/more-button.ts";
import { newDigestButton } from "./actions/new-digest-button.ts";
import { showInvocationsButton } from "./actions/show-invocations-button.ts";
import { testButton } from "./actions/test-button.ts";
import { unknownAction } from "./actions/unknown-action.ts";
import { whyGroupedButton } from "./actions/why-grouped-button.ts";
import { HOOKS_COMMAND, hooksCommand } from "./commands/hooks.ts";
import { unknownCommand } from "./commands/unknown-command.ts";
import { digestFormSubmission } from "./views/digest-form.ts";

/** Ties every callback to its file: `<kind>/<name>.ts`. */
export function registerListeners(app: App, context: SlackContext, { tracked }: Work): void {
  app.command(HOOKS_COMMAND, tracked(hooksCommand(context)));
  app.command(allBut(HOOKS_COMMAND), tracked(unknownCommand(context)));
  app.action(ATTEMPTS_ACTION, tracked(attemptsButton(context)));
  app.action(WHY_GROUPED_ACTION, tracked(whyGroupedButton(context)));
  app.action(MORE_ACTION, tracked(moreButton(context)));
  app.action(SHOW_INVOCATIONS_ACTION, tracked(showInvocationsButton(context)));
  app.action(NEW_DIGEST_ACTION, tracked(newDigestButton(context)));
  app.action(END_DIGEST_ACTION, tracked(endDigestButton(context)));
  app.action(TEST_ACTION, tracked(testButton(context)));
  app.action(
    allBut(
      ATTEMPTS_ACTION,
      WHY_GROUPED_ACTION,
      MORE_ACTION,
      SHOW_INVOCATIONS_ACTION,
      NEW_DIGEST_ACTION,
      END_DIGEST_ACTION,
      TEST_ACTION,
    ),
    tracked(unknownAction(context)),
  );
  app.view(DIGEST_FORM, tracked(digestFormSubmission(context)));
}

/** Bolt runs every listener that matches, so a catch-all must not match what has a listener of its own. */
function allBut(...names: string[]): RegExp {
  const escaped = names.map((name) => name.replaceAll(/[^\w]/g, "\\$&"));
  return new RegExp(`^(?!(?:${escaped.join("|")})$)`);
}
