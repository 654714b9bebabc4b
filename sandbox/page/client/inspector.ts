import { type ComponentChild, h } from "preact";
import { useState } from "preact/hooks";
import type { Scene, TrafficBodies, TrafficLine } from "../wire.ts";
import type { Page } from "./page.ts";
import { rowOf, shows } from "./traffic-lines.ts";

const MOST_SHOWN = 100;

interface InspectorParts {
  page: Page;
  scene: Scene;
  /** Something covers it. */
  inert: boolean;
}

/** What passes between the bot and everything around it: request, answer, time taken; bodies on demand. */
export function Inspector({ page, scene, inert }: InspectorParts): ComponentChild {
  const { timeZone } = scene.me;
  const [words, setWords] = useState("");
  const [onlyFailures, setOnlyFailures] = useState(false);
  const wanted = scene.traffic.filter((line) => (!onlyFailures || line.isFailure) && shows(line, words, timeZone));
  const shown = wanted.slice(-MOST_SHOWN).reverse();
  const onInput = ({ target }: Event) => {
    if (target instanceof HTMLInputElement) setWords(target.value);
  };
  return h("section", { class: "inspector", id: "inspector", "aria-label": "Traffic", tabIndex: -1, inert }, [
    h("header", null, [
      h("h2", null, "Traffic"),
      h("input", { type: "search", placeholder: "Filter", "aria-label": "Filter the traffic", onInput }),
      h(
        "label",
        null,
        h("input", { type: "checkbox", checked: onlyFailures, onChange: () => setOnlyFailures(!onlyFailures) }),
        " Only failures",
      ),
      h(
        "span",
        { class: "hint" },
        wanted.length > shown.length ? `the latest ${shown.length} of ${wanted.length}` : `${wanted.length}`,
      ),
    ]),
    shown.length === 0 ? h("p", { class: "empty hint", role: "status" }, "Nothing matches.") : null,
    h(
      "ul",
      null,
      shown.map((line) => h(Line, { key: line.id, page, line, timeZone })),
    ),
  ]);
}

function Line({ page, line, timeZone }: { page: Page; line: TrafficLine; timeZone: string }): ComponentChild {
  const [bodies, setBodies] = useState<TrafficBodies | "gone" | undefined>();
  const { id, at, isFailure } = line;
  const { time, way, what, answer, took } = rowOf(line, timeZone);
  const onToggle = async () => {
    if (bodies === undefined) setBodies((await page.bodiesOf(id)) ?? "gone");
  };
  return h(
    "li",
    null,
    h("details", { onToggle }, [
      h("summary", { class: isFailure ? "failed" : "" }, [
        h("time", { dateTime: at }, time),
        h("span", { class: "way" }, way),
        h("code", { class: "what" }, what),
        h("span", { class: "answer" }, answer),
        h("span", { class: "took" }, took),
      ]),
      bodies === "gone" ? h("p", null, "It is no longer kept.") : null,
      bodies === undefined || bodies === "gone"
        ? null
        : h("div", { class: "bodies" }, [body("Request", bodies.request), body("Answer", bodies.response)]),
    ]),
  );
}

function body(label: string, value: unknown): ComponentChild {
  const text = typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
  return h(
    "figure",
    null,
    h("figcaption", null, label),
    h("pre", { tabIndex: 0, "aria-label": label }, text === "" ? "(nothing)" : text),
  );
}
