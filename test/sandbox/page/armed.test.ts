import { expect, it } from "vitest";
import { armedIn } from "../../../sandbox/page/armed.ts";
import { type Fault, Faults } from "../../../sandbox/slack/faults.ts";

const HEARS = { isStalled: false };

it.each<[string, Fault[], string[]]>([
  ["views.open", [{ error: "expired_trigger_id" }], ["The next form comes too late."]],
  ["views.open", times(2, { error: "expired_trigger_id" }), ["The next 2 forms come too late."]],
  ["views.open", [{ error: "internal_error" }], ["The next call of views.open: internal_error."]],
  ["chat.update", times(3, { status: 503 }), ["The next 3 calls of chat.update: HTTP 503."]],
  [
    "response_url",
    ["drop", "drop-after-post", "timeout-after-post"],
    [
      "The next call of response_url: not done, and the connection is cut.",
      "Then the next call of response_url: done, then the connection is cut.",
      "Then the next call of response_url: done, and never answered.",
    ],
  ],
])("tells what %s will meet with", (method, order, words) => {
  const faults = new Faults();
  for (const fault of order) faults.failNext(method, fault);
  expect(armedIn({ faults, sockets: HEARS })).toEqual(words);
  for (const _fault of order) faults.takeFailure(method);
  expect(armedIn({ faults, sockets: HEARS })).toEqual([]);
});

it("tells how much more will be turned away", () => {
  const faults = new Faults();
  faults.limit("chat.postMessage", { calls: 1, retryAfterSeconds: 3 });
  faults.limit("chat.update", { calls: 2, retryAfterSeconds: 3 });
  const words = ["Slack turns away 1 more message.", "Slack turns away 2 more calls of chat.update."];
  expect(armedIn({ faults, sockets: HEARS })).toEqual(words);
  faults.takeLimit("chat.postMessage");
  expect(armedIn({ faults, sockets: { isStalled: true } })).toEqual([
    words[1],
    "The bot hears nothing, until it notices and connects anew.",
  ]);
});

function times(count: number, fault: Fault): Fault[] {
  return Array.from({ length: count }, () => fault);
}
