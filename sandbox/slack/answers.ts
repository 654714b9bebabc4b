import { ApiError, Args } from "./api/call.ts";
import { contentOf, needKnownBlocks } from "./api/content.ts";
import { STACK_DEPTH } from "./api/views.ts";
import type { Core } from "./core.ts";
import { closeStack, closeTop, showView } from "./modals.ts";
import type { Channel, Person, View } from "./model.ts";
import { type BlockFault, inside, isRecord, listOf, type Place, refuse, string } from "./validate/rule.ts";
import { validateView } from "./validate/view.ts";

/** What Slack makes of an app's answer to a delivery: it does as it is told, or says what is wrong with it. */

/** An answer that Slack did not take. */
export interface Untaken {
  faults: BlockFault[];
  /** What the person is told. */
  notice: string;
}

/** The acknowledgement of a command: content in it answers the command right away. */
export function takeCommandAnswer(core: Core, person: Person, channel: Channel, answer: unknown): Untaken | undefined {
  if (!isRecord(answer)) return undefined;
  const args = new Args(answer);
  if (!args.has("text") && !args.has("blocks")) return undefined;
  try {
    needKnownBlocks(core.faults, args);
    const { content } = contentOf(args, { viaResponseUrl: true });
    const isPublic = answer.response_type === "in_channel";
    core.posting.post(content, { channel: channel.id, ...(isPublic ? {} : { ephemeralFor: person.id }) });
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const faults = [...error.faults];
    if (faults.length === 0) faults.push({ error: error.error, pointer: "", message: "cannot be read" });
    return { faults, notice: error.error };
  }
}

/**
 * The answer to a submission: https://docs.slack.dev/surfaces/modals#close_current. Nothing said closes the view. What Slack does not
 * take leaves the form as it is, and the person reads no more than that there was trouble:
 * https://github.com/slackapi/bolt-js/issues/554, https://github.com/slackapi/deno-slack-sdk/issues/275
 */
export function takeSubmissionAnswer(core: Core, view: View, answer: unknown): Untaken | undefined {
  const told = isRecord(answer) ? answer : {};
  const faults = faultsOf(core, view, told);
  if (faults.length > 0) return { faults, notice: "trouble_connecting" };
  const content = isRecord(told.view) ? told.view : {};
  switch (told.response_action) {
    case "errors":
      view.errors = Object.fromEntries(Object.entries(told.errors ?? {}).map(([key, text]) => [key, String(text)]));
      core.happenings.add({ kind: "view_updated", view });
      break;
    case "update":
      showView(core, { user: view.user, content, updates: view });
      break;
    case "push":
      showView(core, { user: view.user, content, below: view });
      break;
    case "clear":
      closeStack(core, view.user);
      break;
    default:
      closeTop(core, view.user);
  }
  return undefined;
}

/** Pointers are into the answer. */
function faultsOf(core: Core, view: View, told: Readonly<Record<string, unknown>>): BlockFault[] {
  const faults: BlockFault[] = [];
  const root: Place = { pointer: "", surface: "modal", error: "invalid_arguments", faults };
  switch (told.response_action) {
    case undefined:
    case "clear":
      break;
    case "errors":
      wantKnownInputs(view, told.errors, inside(root, "errors"));
      break;
    case "push":
      if ((core.workspace.stacks.get(view.user)?.length ?? 0) >= STACK_DEPTH) {
        refuse(root, `there are ${STACK_DEPTH} views on top of each other already`, "push_limit_reached");
      }
      faults.push(...faultsOfView(told.view));
      break;
    case "update":
      faults.push(...faultsOfView(told.view));
      break;
    default:
      refuse(inside(root, "response_action"), "must be one of: clear, errors, push, update");
  }
  return faults;
}

function faultsOfView(view: unknown): BlockFault[] {
  if (!isRecord(view) || view.type !== "home") return validateView(view);
  return [{ error: "invalid_arguments", pointer: "/view/type", message: "must be modal" }];
}

/** An error stands below the input whose block it names. */
function wantKnownInputs({ content }: View, errors: unknown, place: Place): void {
  if (!isRecord(errors) || Object.keys(errors).length === 0) {
    refuse(place, "must name at least one block");
    return;
  }
  const inputs = listOf(content.blocks)
    .filter(isRecord)
    .filter(({ type }) => type === "input");
  for (const [blockId, text] of Object.entries(errors)) {
    const at = inside(place, blockId);
    if (inputs.some((block) => block.block_id === blockId)) TEXT(text, at);
    else refuse(at, `no input block of this view has the block_id ${blockId}`);
  }
}

const TEXT = string();
