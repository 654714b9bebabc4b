import { expect, it } from "vitest";
import { stateOf } from "../../../sandbox/slack/elements.ts";

const [one, two] = ["one", "two"].map((value) => ({ value, text: { type: "plain_text", text: value } }));

it.each([
  [
    "several options",
    { type: "checkboxes", options: [one, two], initial_options: [one] },
    ["two", "one"],
    { selected_options: [one, two] },
  ],
  [
    "no option, where one was chosen at first",
    { type: "checkboxes", options: [one], initial_options: [one] },
    [],
    { selected_options: [] },
  ],
  [
    "what stood there first",
    { type: "checkboxes", options: [one], initial_options: [one] },
    undefined,
    { selected_options: [one] },
  ],
  [
    "options of groups",
    { type: "multi_static_select", option_groups: [{ options: [one] }, { options: [two] }] },
    ["two"],
    { selected_options: [two] },
  ],
  ["several people", { type: "multi_users_select" }, ["U1", "U2"], { selected_users: ["U1", "U2"] }],
])("the state of an element has %s", (_what, element, filled, state) => {
  expect(stateOf(element, filled)).toEqual({ type: element.type, ...state });
});
