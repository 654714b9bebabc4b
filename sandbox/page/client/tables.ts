import { type ComponentChild, h } from "preact";
import { useState } from "preact/hooks";
import type { Json } from "../wire.ts";
import { isRecord, records, word } from "./fields.ts";
import type { Reader } from "./mrkdwn.ts";
import { richText } from "./rich-text.ts";

interface TableParts {
  block: Json;
  reader: Reader;
}

/** https://docs.slack.dev/reference/block-kit/blocks/table-block: the first row is the header. */
export function Table({ block, reader }: TableParts): ComponentChild {
  const [header = [], ...rows] = rowsOf(block);
  const settings = Array.isArray(block.column_settings) ? block.column_settings : [];
  const classOf = (column: number): string => {
    const setting: unknown = settings[column];
    if (!isRecord(setting)) return "";
    return `align-${word(setting.align) || "left"}${setting.is_wrapped === true ? " wrapped" : ""}`;
  };
  return scrolling(
    "Table",
    h("table", { class: "table" }, [
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          header.map((cell, at) => h("th", { scope: "col", class: classOf(at) }, cellOf(cell, reader))),
        ),
      ),
      h(
        "tbody",
        null,
        rows.map((row) =>
          h(
            "tr",
            null,
            row.map((cell, at) => h("td", { class: classOf(at) }, cellOf(cell, reader))),
          ),
        ),
      ),
    ]),
  );
}

/** https://docs.slack.dev/reference/block-kit/blocks/data-table-block: with a caption, in pages, in the order that the reader likes. */
export function DataTable({ block, reader }: TableParts): ComponentChild {
  const [page, setPage] = useState(0);
  const [sorting, setSorting] = useState<{ column: number; isDown: boolean } | undefined>();
  const [header = [], ...rows] = rowsOf(block);
  const caption = word(block.caption);
  const size = typeof block.page_size === "number" ? block.page_size : 10;
  const last = Math.max(Math.ceil(rows.length / size) - 1, 0);
  const at = Math.min(page, last);
  const sorted =
    sorting === undefined
      ? rows
      : rows.toSorted((a, b) => compare(a[sorting.column], b[sorting.column]) * (sorting.isDown ? -1 : 1));
  const rowHeader = typeof block.row_header_column_index === "number" ? block.row_header_column_index : 0;
  const sortBy = (column: number) => {
    setSorting(
      sorting?.column === column && sorting.isDown ? undefined : { column, isDown: sorting?.column === column },
    );
  };
  const heads = header.map((cell, column) => {
    const direction = sorting?.column === column ? (sorting.isDown ? "descending" : "ascending") : "none";
    const arrow = { ascending: " ↑", descending: " ↓", none: "" }[direction];
    const button = h(
      "button",
      { type: "button", class: "sort", onClick: () => sortBy(column) },
      cellOf(cell, reader),
      arrow,
    );
    return h("th", { scope: "col", "aria-sort": direction }, button);
  });
  const lines = sorted.slice(at * size, (at + 1) * size).map((row) =>
    h(
      "tr",
      null,
      row.map((cell, column) => {
        const isNumber = cell.type === "raw_number" ? "align-right" : "";
        const shown = cellOf(cell, reader);
        return column === rowHeader ? h("th", { scope: "row" }, shown) : h("td", { class: isNumber }, shown);
      }),
    ),
  );
  return h("div", { class: "data-table" }, [
    scrolling(
      caption,
      h("table", { class: "table" }, [
        h("caption", null, caption),
        h("thead", null, h("tr", null, heads)),
        h("tbody", null, lines),
      ]),
    ),
    last === 0 ? null : pager(at, last, rows.length, setPage),
  ]);
}

function pager(at: number, last: number, count: number, show: (page: number) => void): ComponentChild {
  return h("nav", { class: "pager", "aria-label": "Pages of the table" }, [
    h("button", { type: "button", class: "quiet", disabled: at === 0, onClick: () => show(at - 1) }, "Previous"),
    h("span", { role: "status" }, `Page ${at + 1} of ${last + 1}, ${count} rows`),
    h("button", { type: "button", class: "quiet", disabled: at === last, onClick: () => show(at + 1) }, "Next"),
  ]);
}

/** Wide tables are scrolled by themselves, with the keyboard too. */
function scrolling(label: string, table: ComponentChild): ComponentChild {
  return h("div", { class: "scrolling", role: "region", "aria-label": label, tabIndex: 0 }, table);
}

function rowsOf(block: Json): Json[][] {
  return Array.isArray(block.rows) ? block.rows.map(records) : [];
}

function cellOf(cell: Json, reader: Reader): ComponentChild {
  return cell.type === "rich_text" ? richText(cell, reader) : word(cell.text);
}

function compare(a: Json | undefined, b: Json | undefined): number {
  if (typeof a?.value === "number" && typeof b?.value === "number") return a.value - b.value;
  return plainOf(a).localeCompare(plainOf(b), "en", { numeric: true });
}

/** A cell's text alone; dates by their time. */
function plainOf(cell: unknown): string {
  if (!isRecord(cell)) return "";
  if (cell.type === "date") return String(cell.timestamp);
  return word(cell.text) + records(cell.elements).map(plainOf).join("");
}
