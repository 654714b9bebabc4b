import { isRecord, listOf } from "../validate/rule.ts";
import { richTextAsText } from "./rich-text.ts";
import { type Alignment, pad, paint, type RenderContext, safe, widest } from "./text.ts";

type Block = Record<string, unknown>;

const BAR_WIDTH = 20;

/** `table` and `data_table`: columns side by side, a rule below the first row. */
export function tableAsText(block: Block, context: RenderContext): string {
  const rows = listOf(block.rows).map((row) => listOf(row).map((cell) => cellAsText(cell, context)));
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) => widest(rows.map((row) => row[column] ?? "")));
  const settings = listOf(block.column_settings);
  const lines = rows.map((row) =>
    widths
      .map((width, column) => pad(row[column] ?? "", width, alignmentOf(settings[column])))
      .join("  ")
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => "-".repeat(width)).join("  "));
  const caption = typeof block.caption === "string" ? [paint(safe(block.caption), "bold", context)] : [];
  return [...caption, ...lines].join("\n");
}

/** `data_visualization`: a bar for every segment or point, scaled to the greatest. */
export function chartAsText(block: Block, context: RenderContext): string {
  const chart = isRecord(block.chart) ? block.chart : {};
  const axis = isRecord(chart.axis_config) ? chart.axis_config : {};
  const title = paint(safe(String(block.title ?? "")), "bold", context);
  if (chart.type === "pie") return [title, ...bars(pointsOf(chart.segments))].join("\n");
  const series = listOf(chart.series).filter(isRecord);
  const labels = [axis.y_label, axis.x_label].filter((label) => typeof label === "string").map(safe);
  const parts = series.map((one) => [`${safe(String(one.name))}:`, ...bars(pointsOf(one.data))].join("\n"));
  return [title, ...(labels.length === 0 ? [] : [labels.join(" by ")]), ...parts].join("\n");
}

interface Point {
  label: string;
  value: number;
}

function bars(points: readonly Point[]): string[] {
  const greatest = Math.max(0, ...points.map((point) => point.value));
  const labelWidth = widest(points.map((point) => point.label));
  return points.map(({ label, value }) => {
    const length = greatest > 0 && value > 0 ? Math.max(1, Math.round((value / greatest) * BAR_WIDTH)) : 0;
    return `  ${pad(label, labelWidth)} ${"█".repeat(length)}${length > 0 ? " " : ""}${value}`;
  });
}

function pointsOf(value: unknown): Point[] {
  const points = listOf(value).filter(isRecord);
  return points.map((point) => ({ label: safe(String(point.label)), value: Number(point.value) }));
}

function cellAsText(cell: unknown, context: RenderContext): string {
  if (!isRecord(cell)) return "";
  const text = cell.type === "rich_text" ? richTextAsText(cell, context) : safe(String(cell.text ?? ""));
  return text.replaceAll("\n", " ").replaceAll("\t", " ");
}

function alignmentOf(setting: unknown): Alignment {
  const align = isRecord(setting) ? setting.align : undefined;
  return align === "right" || align === "center" ? align : "left";
}
