/** Small valid blocks for the validator's tests. */

/** A row of the tables of limits. */
export interface Limit {
  limit: string;
  /** How many are accepted; one more is refused. */
  most: number;
  make: (count: number) => unknown;
  /** Where the fault is, when it is one too many. */
  pointer: string;
}

export function chars(count: number): string {
  return "x".repeat(count);
}

export function times<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

export function plain(text: string) {
  return { type: "plain_text", text };
}

export function mrkdwn(text: string) {
  return { type: "mrkdwn", text };
}

export function section(text: string, more: object = {}) {
  return { type: "section", text: mrkdwn(text), ...more };
}

export function actions(...elements: object[]) {
  return { type: "actions", elements };
}

export function button(more: object = {}) {
  return { type: "button", text: plain("Press"), ...more };
}

export function options(count: number) {
  return times(count, (index) => ({ text: plain(`o${index}`), value: `v${index}` }));
}

export function select(more: object = {}) {
  return { type: "static_select", options: options(1), ...more };
}

export function input(element: object = {}, more: object = {}) {
  return { type: "input", label: plain("Label"), element: { type: "plain_text_input", ...element }, ...more };
}

export function richText(...elements: object[]) {
  return { type: "rich_text", elements };
}

export function table(rows: number, cells: number) {
  return { type: "table", rows: times(rows, () => times(cells, () => ({ type: "raw_text", text: "a" }))) };
}

export function dataTable(rows: number, columns: number) {
  return { ...table(rows, columns), type: "data_table", caption: "A caption" };
}

export function barChart(more: { series?: number; categories?: number; label?: string; xLabel?: string } = {}) {
  const categories = times(more.categories ?? 1, (index) => `${more.label ?? ""}${String.fromCharCode(97 + index)}`);
  const data = categories.map((label) => ({ label, value: 1 }));
  return {
    type: "data_visualization",
    title: "A chart",
    chart: {
      type: "bar",
      series: times(more.series ?? 1, (index) => ({ name: `s${index}`, data })),
      axis_config: { categories, ...(more.xLabel === undefined ? {} : { x_label: more.xLabel }) },
    },
  };
}
