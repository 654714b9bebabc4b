import { randomUUID } from "node:crypto";
import type { Core } from "./core.ts";
import { named } from "./elements.ts";
import type { View } from "./model.ts";
import { listOf } from "./validate/rule.ts";

/** The stack of modals that a person has open, and their Home tab. */

export interface Showing {
  user: string;
  content: Record<string, unknown>;
  /** The view it goes on top of. */
  below?: View;
  /** The view that it takes the place of. */
  updates?: View;
}

export function topView(core: Core, user: string): View | undefined {
  const id = core.workspace.stacks.get(user)?.at(-1);
  return id === undefined ? undefined : core.workspace.views.get(id);
}

/** Opens, pushes or updates a view, and tells of it. */
export function showView(core: Core, showing: Showing): View {
  const { workspace, happenings } = core;
  const { user, content, below, updates } = showing;
  const type = content.type === "home" ? "home" : "modal";
  const id = updates?.id ?? workspace.nextId("V");
  const previousId = updates?.previousId ?? below?.id;
  const view: View = {
    id,
    rootId: updates?.rootId ?? below?.rootId ?? id,
    type,
    user,
    hash: `${Math.floor(core.now().getTime() / 1000)}.${randomUUID().slice(0, 8)}`,
    content: {
      ...structuredClone(content),
      blocks: named(structuredClone(listOf(content.blocks)), (prefix) => workspace.nextId(prefix)),
    },
    // An update keeps what was filled in where block id and action id stay: https://github.com/slackapi/bolt-js/issues/290
    filled: updates?.filled ?? {},
    state: updates?.state ?? {},
    ...(previousId === undefined ? {} : { previousId }),
  };
  workspace.views.set(id, view);
  if (type === "modal" && updates === undefined) {
    workspace.stacks.set(user, [...(workspace.stacks.get(user) ?? []), id]);
  }
  const kind = type === "home" ? "home_published" : updates === undefined ? "view_opened" : "view_updated";
  happenings.add({ kind, view });
  return view;
}

/** Takes the top view away; the one below shows again. */
export function closeTop(core: Core, user: string): View | undefined {
  const view = topView(core, user);
  if (view === undefined) return undefined;
  core.workspace.stacks.get(user)?.pop();
  core.workspace.views.delete(view.id);
  core.happenings.add({ kind: "view_closed", view });
  return view;
}

/** A view that a person closed, and whether all others went with it. */
export interface ClosedView {
  view: View;
  isCleared: boolean;
}

/**
 * Cancel or Back takes one view away, × all of them, and so does Cancel where the view says `clear_on_close`. Of all together the app
 * hears by the id of the one at the bottom: https://docs.slack.dev/surfaces/modals#modal_cancellations
 */
export function closeByHand(core: Core, user: string, isWhole: boolean): ClosedView | undefined {
  const top = topView(core, user);
  if (top === undefined) return undefined;
  const isCleared = isWhole || top.content.clear_on_close === true;
  const bottom = core.workspace.views.get(core.workspace.stacks.get(user)?.[0] ?? "") ?? top;
  if (isCleared) closeStack(core, user);
  else closeTop(core, user);
  return { view: isCleared ? bottom : top, isCleared };
}

export function closeStack(core: Core, user: string): void {
  while (closeTop(core, user) !== undefined);
}
