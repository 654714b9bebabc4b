import { block } from "./blocks.ts";
import { plainText } from "./composition.ts";
import { SLACK } from "./limits.ts";
import {
  anything,
  type BlockFault,
  boolean,
  byType,
  type Fields,
  inside,
  isRecord,
  list,
  listOf,
  object,
  type Place,
  refuse,
  string,
} from "./rule.ts";
import { idsAreUnique, oneFocus } from "./whole.ts";

/**
 * Every reason for which Slack would refuse this modal or Home view; empty when it would take it. Pointers start at `/view`,
 * as in the answers of `views.open`. Rules: https://docs.slack.dev/reference/views
 */
export function validateView(view: unknown): BlockFault[] {
  const faults: BlockFault[] = [];
  const surface = isRecord(view) && view.type === "home" ? "home" : "modal";
  const place: Place = { pointer: "/view", surface, error: "invalid_arguments", faults };
  VIEW(view, place);
  if (!isRecord(view)) return faults;
  const at = inside(place, "blocks");
  idsAreUnique(view.blocks, at);
  oneFocus(view.blocks, at);
  return faults;
}

const BASE: Fields = { type: anything, blocks: list(block, SLACK.blocksPerView) };
const COMMON: Fields = {
  private_metadata: string(SLACK.privateMetadata, 0),
  callback_id: string(SLACK.callbackId, 0),
  external_id: string(SLACK.externalId, 0),
};
const name = plainText(SLACK.viewTitle);

const VIEW = byType(
  {
    modal: object(
      { ...BASE, title: name },
      {
        ...COMMON,
        submit: name,
        close: name,
        clear_on_close: boolean,
        notify_on_close: boolean,
        submit_disabled: boolean,
      },
      submitsItsInputs,
    ),
    home: object(BASE, COMMON),
  },
  "view",
);

function submitsItsInputs(view: unknown, place: Place): void {
  if (!isRecord(view) || view.submit !== undefined) return;
  const hasInput = listOf(view.blocks).some((entry) => isRecord(entry) && entry.type === "input");
  if (hasInput) refuse(place, "missing required field: submit (the view has an input block)");
}
