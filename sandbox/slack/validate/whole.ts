import { SLACK, WHOLE_MESSAGE } from "./limits.ts";
import { inside, isRecord, listOf, type Place, refuse } from "./rule.ts";

/** Rules about all blocks of a message or a view together. */

export function idsAreUnique(blocks: unknown, place: Place): void {
  const seen = new Set<string>();
  for (const { value, at } of blocksIn(blocks, place)) {
    if (typeof value.block_id === "string") {
      if (seen.has(value.block_id)) refuse(inside(at, "block_id"), `block_id already exists: ${value.block_id}`);
      seen.add(value.block_id);
    }
    actionIdsAreUnique(value, at);
  }
}

/** Counts and totals that hold for one message. */
export function messageTotals(blocks: unknown, place: Place): void {
  const all = blocksIn(blocks, place).map(({ value }) => value);
  const tables = all.filter((value) => value.type === "table" || value.type === "data_table");
  if (tables.length > SLACK.tablesPerMessage) {
    refuse(place, "only one table is allowed in a message", "only_one_table_allowed");
  }
  countAtMost("data_visualization", SLACK.chartsPerMessage, all, place);
  countAtMost("plan", SLACK.plansPerMessage, all, place);

  const cellCharacters = tables.reduce((total, value) => total + visibleCharacters(value.rows), 0);
  if (cellCharacters > SLACK.tableCellCharactersPerMessage) {
    refuse(place, `cells must be less than ${SLACK.tableCellCharactersPerMessage + 1} characters in total`);
  }
  const markdown = all.filter((value) => value.type === "markdown").map((value) => String(value.text));
  const markdownCharacters = markdown.reduce((total, text) => total + text.length, 0);
  if (markdown.length > 1 && markdownCharacters > SLACK.markdownCharactersPerMessage) {
    refuse(place, `markdown must be less than ${SLACK.markdownCharactersPerMessage + 1} characters in total`);
  }
}

export function fitsWholeMessage(blocks: unknown, place: Place): void {
  const visible = visibleCharacters(blocks);
  const json = JSON.stringify(blocks).length;
  if (visible <= WHOLE_MESSAGE.visibleCharacters && json <= WHOLE_MESSAGE.jsonCharacters) return;
  refuse(place, `too long: ${visible} visible characters, ${json} of JSON`, "msg_blocks_too_long");
}

/** At most one element of a view may take the focus. */
export function oneFocus(blocks: unknown, place: Place): void {
  const focused = everyRecord(blocks).filter((value) => value.focus_on_load === true);
  if (focused.length > 1) refuse(place, "only one element may have focus_on_load");
}

const VISIBLE_KEYS = new Set(["text", "title", "caption", "label", "subtitle", "description", "name"]);

function visibleCharacters(value: unknown): number {
  let total = 0;
  for (const record of everyRecord(value)) {
    for (const [key, field] of Object.entries(record)) {
      if (VISIBLE_KEYS.has(key) && typeof field === "string") total += field.length;
    }
  }
  return total;
}

function countAtMost(type: string, most: number, all: readonly Record<string, unknown>[], place: Place): void {
  if (all.filter((value) => value.type === type).length > most) {
    refuse(place, `no more than ${most} ${type} blocks allowed in a message`);
  }
}

function actionIdsAreUnique(value: Record<string, unknown>, at: Place): void {
  const { child_blocks: _own, ...rest } = value;
  const seen = new Set<unknown>();
  for (const record of everyRecord(rest)) {
    if (record.action_id === undefined) continue;
    if (seen.has(record.action_id)) refuse(at, `action_id already exists: ${String(record.action_id)}`);
    seen.add(record.action_id);
  }
}

interface Placed {
  value: Record<string, unknown>;
  at: Place;
}

/** The blocks themselves and those inside containers. */
function blocksIn(blocks: unknown, place: Place): Placed[] {
  const found: Placed[] = [];
  for (const [index, value] of listOf(blocks).entries()) {
    if (!isRecord(value)) continue;
    const at = inside(place, index);
    found.push({ value, at }, ...blocksIn(value.child_blocks, inside(at, "child_blocks")));
  }
  return found;
}

function everyRecord(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(everyRecord);
  if (!isRecord(value)) return [];
  return [value, ...Object.values(value).flatMap(everyRecord)];
}
