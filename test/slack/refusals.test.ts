import { WebAPIPlatformError } from "@slack/web-api";
import { expect, it } from "vitest";
import { watchRefusals } from "../../src/slack/refusals.ts";

const MINUTE_MS = 60_000;

function watching() {
  const told: string[] = [];
  let nowMs = 0;
  const watch = watchRefusals(
    "SLACK_BOT_TOKEN",
    (message) => told.push(message),
    () => new Date(nowMs),
  );
  return { told, watch, pass: (ms: number) => (nowMs += ms) };
}

const REVOKED = new WebAPIPlatformError({ ok: false, error: "token_revoked" });

it("tells once an hour that a token is refused", () => {
  const { told, watch, pass } = watching();
  for (let minute = 0; minute < 119; minute += 1) {
    watch.note(REVOKED);
    pass(MINUTE_MS);
  }
  expect(told).toHaveLength(2);
});

it.each([
  ["Slack took it again", undefined],
  ["Slack refused something else", new WebAPIPlatformError({ ok: false, error: "channel_not_found" })],
])("tells at once when it is refused anew after %s", (_, meanwhile) => {
  const { told, watch, pass } = watching();
  watch.note(REVOKED);
  pass(MINUTE_MS);
  watch.note(meanwhile);
  expect(watch.refusal).toBeUndefined();
  pass(MINUTE_MS);
  watch.note(REVOKED);
  expect(told).toHaveLength(2);
  expect(watch.refusal?.since).toEqual(new Date(2 * MINUTE_MS));
});
