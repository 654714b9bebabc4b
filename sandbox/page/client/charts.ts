import { type ComponentChild, h } from "preact";
import type { Json } from "../wire.ts";
import { isRecord, records, word } from "./fields.ts";

/** `data_visualization` as SVG, with the same figures as a table behind a line: for screen readers and the curious. */

const WIDTH = 480;
const HEIGHT = 200;
const LEFT = 36;
const BOTTOM = 24;

interface Series {
  name: string;
  values: number[];
}

export function chart(block: Json): ComponentChild {
  const drawn = isRecord(block.chart) ? block.chart : {};
  const axis = isRecord(drawn.axis_config) ? drawn.axis_config : {};
  const isPie = drawn.type === "pie";
  const segments = records(drawn.segments);
  const labels = isPie ? segments.map(labelOf) : labelsOf(axis, drawn);
  const series = isPie ? [{ name: "Value", values: segments.map(numberOf) }] : seriesOf(drawn, labels);
  const picture = isPie ? pie(series[0]?.values ?? []) : plot(word(drawn.type), series, labels);
  const names = isPie ? labels : series.map(({ name }) => name);
  const title = word(block.title);
  return h("figure", { class: "chart" }, [
    h("figcaption", null, title),
    axis.y_label === undefined ? null : h("p", { class: "axis" }, word(axis.y_label)),
    h(
      "svg",
      {
        viewBox: `0 0 ${isPie ? HEIGHT : WIDTH} ${HEIGHT}`,
        role: "img",
        "aria-label": `${title}: ${word(drawn.type)} chart`,
      },
      picture,
    ),
    axis.x_label === undefined ? null : h("p", { class: "axis centred" }, word(axis.x_label)),
    names.length > 1 ? legend(names) : null,
    h("details", null, h("summary", null, "Figures"), figures(labels, series)),
  ]);
}

function plot(type: string, series: Series[], labels: string[]): ComponentChild[] {
  const most = Math.max(1, ...series.flatMap(({ values }) => values));
  const least = Math.min(0, ...series.flatMap(({ values }) => values));
  const step = (WIDTH - LEFT) / Math.max(labels.length, 1);
  const yOf = (value: number) => 8 + (HEIGHT - BOTTOM - 8) * (1 - (value - least) / (most - least));
  const xOf = (index: number) => LEFT + step * (index + 0.5);
  const every = Math.ceil(labels.length / 8);
  const ticks = [least, (most + least) / 2, most].map((value) => [
    h("line", { class: "grid", x1: LEFT, x2: WIDTH, y1: yOf(value), y2: yOf(value) }),
    h("text", { x: LEFT - 6, y: yOf(value) + 4, "text-anchor": "end" }, String(Number(value.toFixed(1)))),
  ]);
  const names = labels.map((label, index) =>
    index % every === 0 ? h("text", { x: xOf(index), y: HEIGHT - 6, "text-anchor": "middle" }, label) : null,
  );
  const shapes = series.map(({ values }, position) => {
    if (type === "bar") return bars(values, position, series.length, step, yOf);
    const points = values.map((value, index) => `${xOf(index)},${yOf(value)}`);
    if (type !== "area") return h("polyline", { class: `line colour-${position}`, points: points.join(" ") });
    const ends = [`${xOf(0)},${yOf(0)}`, ...points, `${xOf(values.length - 1)},${yOf(0)}`];
    return h("polygon", { class: `fill area colour-${position}`, points: ends.join(" ") });
  });
  return [...ticks.flat(), ...names, ...shapes];
}

function bars(
  values: number[],
  position: number,
  of: number,
  step: number,
  yOf: (value: number) => number,
): ComponentChild {
  const width = (step * 0.8) / of;
  return values.map((value, index) => {
    const x = LEFT + step * (index + 0.1) + width * position;
    const top = Math.min(yOf(value), yOf(0));
    return h("rect", { class: `fill colour-${position}`, x, y: top, width, height: Math.abs(yOf(0) - yOf(value)) });
  });
}

/** Slices as strokes of a circle whose circumference is 100. */
function pie(values: number[]): ComponentChild[] {
  const sum = values.reduce((total, value) => total + value, 0) || 1;
  const radius = 100 / (2 * Math.PI);
  let start = 0;
  return values.map((value, index) => {
    const share = (value / sum) * 100;
    const slice = h("circle", {
      class: `slice colour-${index}`,
      r: radius,
      cx: HEIGHT / 2 / 3,
      cy: HEIGHT / 2 / 3,
      transform: "scale(3)",
      "stroke-dasharray": `${share} ${100 - share}`,
      "stroke-dashoffset": 25 - start,
    });
    start += share;
    return slice;
  });
}

function legend(names: string[]): ComponentChild {
  const entries = names.map((name, index) => {
    const swatch = h(
      "svg",
      { class: "swatch", viewBox: "0 0 10 10", "aria-hidden": "true" },
      h("rect", { class: `fill colour-${index}`, width: 10, height: 10 }),
    );
    return h("li", null, swatch, name);
  });
  return h("ul", { class: "legend" }, entries);
}

function figures(labels: string[], series: Series[]): ComponentChild {
  const heads = ["", ...series.map(({ name }) => name)].map((name) => h("th", { scope: "col" }, name));
  const rows = labels.map((label, index) =>
    h(
      "tr",
      null,
      h("th", { scope: "row" }, label),
      series.map(({ values }) => h("td", null, String(values[index] ?? ""))),
    ),
  );
  return h("table", { class: "table" }, h("thead", null, h("tr", null, heads)), h("tbody", null, rows));
}

/** In the order of the axis; a point that is not there is none. */
function seriesOf(drawn: Json, labels: string[]): Series[] {
  return records(drawn.series).map(({ name, data }) => {
    const points = new Map(records(data).map((point) => [labelOf(point), numberOf(point)]));
    return { name: word(name), values: labels.map((label) => points.get(label) ?? 0) };
  });
}

function labelsOf(axis: Json, drawn: Json): string[] {
  if (Array.isArray(axis.categories)) return axis.categories.map(String);
  return records(records(drawn.series)[0]?.data).map(labelOf);
}

function labelOf({ label }: Json): string {
  return word(label);
}

function numberOf({ value }: Json): number {
  return typeof value === "number" ? value : 0;
}
