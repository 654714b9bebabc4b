import { type Filled, listed, offeredBy, shapeOf, stateOf } from "./element-shapes.ts";
import { type Actionable, actionablesIn } from "./elements.ts";
import type { View } from "./model.ts";
import { isRecord, listOf } from "./validate/rule.ts";

/** What a person has filled in, be it in a message or a view. */

/** By block and action id with a blank between, by action id, by block id, or by label. */
export type Fill = Readonly<Record<string, Filled>>;

/** `state.values`: block id, action id, value. */
export type State = Record<string, Record<string, Record<string, unknown>>>;

/** What Slack reports in `actions` when a person uses the element. @throws for what it does not offer. */
export function actionOf(actionable: Actionable, value: Filled | undefined, at: Date): Record<string, unknown> {
  const { element, actionId, blockId } = actionable;
  const shape = shapeOf(element);
  if (shape?.isKept === true || element.type === "overflow") wantOffered(actionable, value);
  return {
    action_id: actionId,
    block_id: blockId,
    type: element.type,
    action_ts: (at.getTime() / 1000).toFixed(6),
    ...shape?.read(element, value),
  };
}

/** What of it belongs to these blocks, by block and action id with a blank between. @throws for what they do not offer. */
export function fillIn(blocks: readonly unknown[], fill: Fill = {}): Record<string, Filled> {
  const filled: Record<string, Filled> = {};
  for (const actionable of keptIn(blocks)) {
    const { blockId, actionId, label } = actionable;
    const value = fill[keyOf(actionable)] ?? fill[actionId] ?? fill[blockId] ?? fill[label];
    if (value === undefined) continue;
    wantOffered(actionable, value);
    filled[keyOf(actionable)] = value;
  }
  return filled;
}

/**
 * All that can be chosen and typed there, in input blocks or not:
 * https://docs.slack.dev/changelog/2020-09-full-state-on-view-submisson-and-block-actions
 *
 * @param filled by block and action id, as `fillIn` gives it.
 */
export function stateIn(blocks: readonly unknown[], filled: Fill): State {
  const state: State = {};
  for (const actionable of keptIn(blocks)) {
    const { blockId, actionId, element } = actionable;
    state[blockId] = { ...state[blockId], [actionId]: stateOf(element, filled[keyOf(actionable)]) };
  }
  return state;
}

/** What was filled in before stays, also where an update no longer offers it. @throws for what the view does not offer. */
export function fillView(view: View, fill: Fill = {}): void {
  const blocks = listOf(view.content.blocks);
  const news = Object.entries(fill).filter(([key, value]) => String(value) !== String(view.filled[key]));
  view.filled = { ...view.filled, ...fillIn(blocks, Object.fromEntries(news)) };
  view.state = stateIn(blocks, view.filled);
}

/** The label of the first input for which Slack's client would hold the form back: "Please complete this required field". */
export function requiredAndEmptyIn({ content, state }: View): string | undefined {
  const inputs = listOf(content.blocks)
    .filter(isRecord)
    .filter(({ type, optional }) => type === "input" && optional !== true);
  const empty = inputs.find(({ block_id }) => Object.values(state[String(block_id)] ?? {}).every(isUnfilled));
  if (empty === undefined) return undefined;
  return isRecord(empty.label) ? String(empty.label.text) : String(empty.block_id);
}

/** The key of an element that holds a value; none for a button. */
export function keyOf({ blockId, actionId }: Pick<Actionable, "blockId" | "actionId">): string {
  return `${blockId} ${actionId}`;
}

function isUnfilled(state: Readonly<Record<string, unknown>>): boolean {
  const given = Object.entries(state).filter(([key]) => key !== "type");
  return given.every(([, value]) => value === null || (Array.isArray(value) && value.length === 0));
}

function keptIn(blocks: readonly unknown[]): Actionable[] {
  return actionablesIn(blocks).filter(({ element }) => shapeOf(element)?.isKept === true);
}

function wantOffered({ element, actionId }: Actionable, value: Filled | undefined): void {
  if (value === undefined) return;
  const refusal = shapeOf(element)?.refusal;
  if (refusal !== undefined) throw new Error(`${actionId} cannot be filled in: ${refusal}.`);
  const options = offeredBy(element);
  if (options.length === 0) return;
  const strange = listed(value).find((one) => !options.some((option) => option.value === one));
  if (strange !== undefined) throw new Error(`${strange} is not among what ${actionId} offers.`);
}
