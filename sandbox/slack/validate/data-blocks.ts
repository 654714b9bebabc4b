import { SLACK } from "./limits.ts";
import { richText } from "./rich-text.ts";
import {
  anything,
  boolean,
  byType,
  type Fields,
  inside,
  integer,
  isRecord,
  list,
  listOf,
  nullable,
  number,
  object,
  oneOf,
  type Place,
  refuse,
  string,
} from "./rule.ts";

/** Blocks that show data: tables and charts. */

const block_id = string(SLACK.blockId);

const HEADER_CELLS: Fields = {
  raw_text: object({ type: anything, text: string() }),
  raw_number: object({ type: anything, value: number, text: string() }),
};
const CELLS: Fields = { ...HEADER_CELLS, rich_text: richText };
const cell = byType(CELLS, "table cell");

const columnSetting = nullable(object({}, { align: oneOf("left", "center", "right"), is_wrapped: boolean }));

/** https://docs.slack.dev/reference/block-kit/blocks/table-block */
export const table = object(
  { type: anything, rows: list(list(cell, SLACK.tableCells), SLACK.tableRows) },
  { block_id, column_settings: list(columnSetting, SLACK.tableCells, 0) },
);

/** https://docs.slack.dev/reference/block-kit/blocks/data-table-block */
export const dataTable = object(
  {
    type: anything,
    caption: string(),
    rows: list(list(cell, SLACK.dataTableColumns), SLACK.dataTableRows, 2),
  },
  {
    block_id,
    page_size: integer(1, SLACK.dataTablePageSize),
    row_header_column_index: integer(0, SLACK.dataTableColumns - 1),
  },
  everyRowAsLongAsTheHeader,
);

const label = string(SLACK.chartLabel);
const segment = object({ label, value: aboveZero });
const series = object({ name: label, data: list(object({ label, value: number }), SLACK.chartCategories) });
const axis_config = object(
  { categories: list(label, SLACK.chartCategories) },
  { x_label: string(SLACK.chartAxisLabel), y_label: string(SLACK.chartAxisLabel) },
);
const plotted = object(
  { type: anything, series: list(series, SLACK.chartSeries), axis_config },
  {},
  seriesNamesAreUnique,
  onePointPerCategory,
);

/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
export const dataVisualization = object(
  {
    type: anything,
    title: string(SLACK.chartTitle),
    chart: byType(
      {
        pie: object({ type: anything, segments: list(segment, SLACK.chartSeries) }),
        bar: plotted,
        area: plotted,
        line: plotted,
      },
      "chart",
    ),
  },
  { block_id },
);

function everyRowAsLongAsTheHeader(value: unknown, place: Place): void {
  if (!isRecord(value)) return;
  const [header, ...rows] = listOf(value.rows);
  const at = inside(place, "rows");
  for (const [index, headerCell] of listOf(header).entries()) {
    if (isRecord(headerCell) && headerCell.type === "rich_text") {
      refuse(inside(inside(at, 0), index), "a header cell must not be rich_text");
    }
  }
  for (const [index, row] of rows.entries()) {
    if (listOf(row).length !== listOf(header).length) {
      refuse(inside(at, index + 1), `must have as many cells as the header (${listOf(header).length})`);
    }
  }
}

function aboveZero(value: unknown, place: Place): void {
  number(value, place);
  if (typeof value === "number" && value <= 0) refuse(place, "must be more than 0");
}

function seriesNamesAreUnique(value: unknown, place: Place): void {
  if (!isRecord(value)) return;
  const seen = new Set<unknown>();
  for (const [index, entry] of listOf(value.series).entries()) {
    if (!isRecord(entry)) continue;
    if (seen.has(entry.name)) refuse(inside(inside(place, "series"), index), "series names must be unique");
    seen.add(entry.name);
  }
}

function onePointPerCategory(value: unknown, place: Place): void {
  if (!isRecord(value) || !isRecord(value.axis_config)) return;
  const categories = listOf(value.axis_config.categories).map(String).sort();
  if (new Set(categories).size !== categories.length) {
    refuse(inside(inside(place, "axis_config"), "categories"), "categories must be unique");
  }
  for (const [index, entry] of listOf(value.series).entries()) {
    if (!isRecord(entry)) continue;
    const points = listOf(entry.data).map((point) => (isRecord(point) ? String(point.label) : ""));
    if (JSON.stringify(points.sort()) !== JSON.stringify(categories)) {
      refuse(inside(inside(inside(place, "series"), index), "data"), "must have exactly one point per category");
    }
  }
}
