import { type ComponentChild, h } from "preact";
import { useState } from "preact/hooks";
import type { Scene, TrafficBodies, TrafficLine } from "../wire.ts";
import type { Page } from "./page.ts";

const MOST_SHOWN = 100;

/** What passes between the bot and everything around it: request, answer, time taken; bodies on demand. */
export function Inspector({ page, scene }: { page: Page; scene: Scene }): ComponentChild {
  const [words, setWords] = useState("");
  const [onlyFailures, setOnlyFailures] = useState(false);
  const wanted = scene.traffic.filter((line) => {
    const text = `${line.from} ${line.to} ${line.what} ${line.answer}`.toLowerCase();
    return (!onlyFailures || line.isFailure) && text.includes(words.toLowerCase());
  });
  const shown = wanted.slice(-MOST_SHOWN).reverse();
  const onInput = ({ target }: Event) => {
    if (target instanceof HTMLInputElement) setWords(target.value);
  };
  return h("section", { class: "inspector", id: "inspector", "aria-label": "Traffic", tabIndex: -1 }, [
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
    h(
      "ul",
      null,
      shown.map((line) => h(Line, { key: line.id, page, line, timeZone: scene.me.timeZone })),
    ),
  ]);
}

function Line({ page, line, timeZone }: { page: Page; line: TrafficLine; timeZone: string }): ComponentChild {
  const [bodies, setBodies] = useState<TrafficBodies | "gone" | undefined>();
  const { id, at, from, to, what, answer, isFailure, durationMs } = line;
  const onToggle = async () => {
    if (bodies === undefined) setBodies((await page.bodiesOf(id)) ?? "gone");
  };
  return h(
    "li",
    null,
    h("details", { onToggle }, [
      h("summary", { class: isFailure ? "failed" : "" }, [
        h("time", { dateTime: at }, new Date(at).toLocaleTimeString("en-GB", { timeZone })),
        h("span", { class: "way" }, `${from} → ${to}`),
        h("code", { class: "what" }, what),
        h("span", { class: "answer" }, answer),
        h("span", { class: "took" }, durationMs === undefined ? "" : `${Math.round(durationMs)} ms`),
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
