import { describe, expect, it } from "vitest";
import { type Faults, faultsOf } from "../../../src/providers/faults.ts";
import { followPages, type Page } from "../../../src/providers/zendesk/paging.ts";
import { all, failureOf } from "../clients.ts";
import { virtualClock } from "../virtual-clock.ts";

const faults: Faults = faultsOf({
  provider: "zendesk",
  method: "GET",
  url: new URL("https://acme.zendesk.com/api/v2/webhooks/w/invocations"),
  webhookId: "the-webhook",
  advice: {
    authentication: "",
    permission: "",
    not_found: "",
    rate_limited: "",
    unavailable: "",
    unexpected_answer: "",
    wrong_address: "",
  },
  secrets: [],
  clock: virtualClock(),
});

/** A list whose page of that number, from 0 on, has this row. */
function follow(rowOf: (number: number) => string, pages = Number.POSITIVE_INFINITY) {
  let number = 0;
  return all(
    followPages<string>(async (): Promise<Page<string>> => {
      const row = rowOf(number);
      number += 1;
      return { rows: [row], skippedRows: 0, hasMore: number < pages, afterCursor: `cursor ${number}` };
    }, faults),
  );
}

describe("a list of pages", () => {
  it("is followed to its end", async () => {
    expect(await follow((number) => `row ${number}`, 9_999)).toHaveLength(9_999);
  });

  it("may repeat a page where it grew meanwhile", async () => {
    expect(await follow((number) => `row ${Math.floor(number / 4)}`, 12)).toHaveLength(12);
  });

  it.each([
    ["repeats a page under ever new cursors", () => "the same row", "repeats a page under one cursor after the other"],
    ["has more pages than anybody can want", (number: number) => `row ${number}`, "lists more than 10000 pages"],
  ])("that %s ends with an error that names the webhook", async (_, rowOf, told) => {
    const error = await failureOf(follow(rowOf));
    expect(error).toMatchObject({ kind: "unexpected_answer", webhookId: "the-webhook" });
    expect(error.message).toContain(told);
    expect(error.message).toContain("the-webhook");
  });
});
