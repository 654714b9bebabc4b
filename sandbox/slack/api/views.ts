import type { Core } from "../core.ts";
import { closeStack, showView, topView } from "../modals.ts";
import type { View } from "../model.ts";
import type { Origin } from "../tickets.ts";
import { validateView } from "../validate/index.ts";
import { type Answer, ApiError, type Args, type Methods, PayloadError } from "./call.ts";
import { viewShape } from "./shapes.ts";

/** https://docs.slack.dev/surfaces/modals: at most three views on top of each other. */
export const STACK_DEPTH = 3;

export const views: Methods = {
  "views.open": { answer: open },
  "views.push": { answer: push },
  "views.update": { answer: update },
  "views.publish": { answer: publish },
};

function open(core: Core, args: Args): Answer {
  const content = checkedView(args, "modal");
  const origin = useTrigger(core, args);
  closeStack(core, origin.user);
  const view = showView(core, { user: origin.user, content });
  core.tickets.noteOpening(view.rootId, origin);
  return { view: viewShape(view) };
}

function push(core: Core, args: Args): Answer {
  const content = checkedView(args, "modal");
  const origin = useTrigger(core, args);
  const below = topView(core, origin.user);
  if (below === undefined) throw new ApiError("not_found");
  if ((core.workspace.stacks.get(origin.user)?.length ?? 0) >= STACK_DEPTH) throw new ApiError("push_limit_reached");
  return { view: viewShape(showView(core, { user: origin.user, content, below })) };
}

function update(core: Core, args: Args): Answer {
  const view = named(core, args);
  const content = checkedView(args, view.type);
  const hash = args.text("hash");
  if (hash !== undefined && hash !== view.hash) throw new ApiError("hash_conflict");
  return { view: viewShape(showView(core, { user: view.user, content, updates: view })) };
}

function publish(core: Core, args: Args): Answer {
  const user = args.required("user_id");
  if (!core.workspace.people.has(user)) throw new ApiError("user_not_found");
  const content = checkedView(args, "home");
  const home = [...core.workspace.views.values()].find((view) => view.type === "home" && view.user === user);
  const hash = args.text("hash");
  if (hash !== undefined && home !== undefined && hash !== home.hash) throw new ApiError("hash_conflict");
  return { view: viewShape(showView(core, { user, content, ...(home === undefined ? {} : { updates: home }) })) };
}

function checkedView(args: Args, type: "modal" | "home"): Record<string, unknown> {
  const content = args.record("view");
  if (content.type !== type) throw new ApiError("invalid_arguments");
  const faults = validateView(content);
  if (faults.length > 0) throw new PayloadError(faults);
  return content;
}

function useTrigger(core: Core, args: Args): Origin {
  const used = core.tickets.useTrigger(args.required("trigger_id"));
  if ("error" in used) throw new ApiError(used.error);
  return used.origin;
}

function named(core: Core, args: Args): View {
  const externalId = args.text("external_id");
  const all = [...core.workspace.views.values()];
  const view = args.has("view_id")
    ? core.workspace.views.get(args.required("view_id"))
    : all.find((candidate) => externalId !== undefined && candidate.content.external_id === externalId);
  if (view === undefined) throw new ApiError("not_found");
  return view;
}
