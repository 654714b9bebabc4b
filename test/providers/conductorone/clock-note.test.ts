import { afterEach, expect, it } from "vitest";
import { windowOf } from "../../../src/triage/window.ts";
import { all, neverAborted } from "../clients.ts";
import { answerJson } from "../loopback.ts";
import { closeTenants, HOUR, NOW, tenantAnswering } from "./failed.ts";

const MINUTE = 60_000;
const AHEAD = "ahead of this machine's: what happened there in that time is dated later than now and not shown yet.";

afterEach(closeTenants);

async function notesWhere(aheadMs: number, toMs: number): Promise<string[] | undefined> {
  const opened = await tenantAnswering((_request, response) => {
    const theirs = new Date(opened.clock.now().getTime() + aheadMs);
    answerJson(response, {}, 200, { date: theirs.toUTCString() });
  });
  const window = windowOf(NOW - 24 * HOUR, toMs);
  await all(opened.provider.listInvocations({ webhookId: "hook", window }, neverAborted()));
  return opened.provider.notesOn?.(window, neverAborted());
}

it.each([
  [10, `ConductorOne's clock is 10 minutes ${AHEAD} Set this machine's clock by NTP.`],
  [1, `ConductorOne's clock is 1 minute ${AHEAD} Set this machine's clock by NTP.`],
])("an answer says that the latest is missing where ConductorOne's clock is %i min ahead", async (minutes, note) => {
  expect(await notesWhere(minutes * MINUTE, NOW)).toEqual([note]);
});

it.each([
  ["agree", 0, NOW],
  ["nearly agree", 30_000, NOW],
  ["differ the other way", -10 * MINUTE, NOW],
  ["differ, in an answer about an earlier time", 10 * MINUTE, NOW - HOUR],
  ["differ, in an answer that reaches far enough", 10 * MINUTE, NOW + HOUR],
])("an answer says nothing of clocks that %s", async (_name, aheadMs, toMs) => {
  expect(await notesWhere(aheadMs, toMs)).toEqual([]);
});
