import { type ComponentChild, h } from "preact";
import type { Notice, Refused } from "../wire.ts";
import { without } from "./model.ts";
import type { Page } from "./page.ts";

/** Each as a line, with its place in time. */
export function toldLines(page: Page, told: readonly (Notice | Refused)[]): { ts: string; shown: ComponentChild }[] {
  return told.map((one) => {
    const onClose = () => page.show(without(page.model, one.key));
    return {
      ts: one.ts,
      shown: h(Told, { key: one.key, told: one, isNew: page.model.arrived.includes(one.key), onClose }),
    };
  });
}

/** What Slack itself says: to a person whose command came to nothing, and to whoever works on a message that it refused. */
function Told({
  told,
  isNew,
  onClose,
}: {
  told: Notice | Refused;
  isNew: boolean;
  onClose: () => void;
}): ComponentChild {
  const isNotice = told.kind === "notice";
  return h("li", { class: `told ${told.kind}`, role: isNew ? "alert" : undefined }, [
    h("div", { class: "told-body" }, isNotice ? notice(told) : refused(told)),
    h("button", { type: "button", class: "button icon", "aria-label": "Dismiss", onClick: onClose }, "×"),
  ]);
}

function notice({ error, about }: Notice): ComponentChild {
  return h(
    "p",
    null,
    h("strong", null, "Slack"),
    " ",
    h("span", { class: "only-you" }, "Only visible to you"),
    h("br", null),
    sentenceOf(error, about),
  );
}

/** As Slack's own client words it. */
function sentenceOf(error: string, about = "That"): string {
  if (error === "unknown_command") {
    return `${about} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`;
  }
  if (error === "trouble_connecting") return "We had some trouble connecting. Try again?";
  if (error === "not_in_threads") return `${about} is not supported in threads. Sorry!`;
  return `${about} failed with the error "${error}"`;
}

function refused({ method, error, faults }: Refused): ComponentChild {
  const parts = faults.map(({ message, pointer, part }) =>
    h("li", null, [
      message,
      pointer === "" ? null : [" at ", h("code", null, pointer)],
      part === undefined
        ? null
        : h(
            "details",
            null,
            h("summary", null, "What stands there"),
            h("pre", { tabIndex: 0 }, JSON.stringify(part, null, 2)),
          ),
    ]),
  );
  return [
    h(
      "p",
      null,
      h("strong", null, "Sandbox"),
      " ",
      h("span", { class: "only-you" }, "People do not see this in Slack"),
    ),
    h("p", null, "Slack refused ", h("code", null, method), ": ", h("code", null, error)),
    parts.length === 0 ? null : h("ul", null, parts),
  ];
}
