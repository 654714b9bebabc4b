import { afterEach, describe, expect, it } from "vitest";
import { all, neverAborted } from "../clients.ts";
import { answerJson } from "../loopback.ts";
import { closeTenants, tenant, tenantAnswering, time } from "./failed.ts";

describe("ConductorOne's lists", () => {
  afterEach(closeTenants);

  it("end with an error where the tokens are new and the rows are not", async () => {
    let pages = 0;
    const { provider, server } = await tenantAnswering((_request, response) => {
      pages += 1;
      answerJson(response, { list: [{ id: "a" }, { id: "b" }], nextPageToken: `token ${pages}` });
    });
    await expect(all(provider.listWebhooks(neverAborted()))).rejects.toThrow("20 pages in a row with nothing new");
    expect(server.requests).toHaveLength(21);
  });

  it("may repeat rows, as they do where rows move while they are listed", async () => {
    let pages = 0;
    const { provider } = await tenantAnswering((_request, response) => {
      pages += 1;
      const nextPageToken = pages < 60 ? `token ${pages}` : "";
      answerJson(response, { list: [{ id: `hook ${Math.floor(pages / 15)}` }, { id: "again" }], nextPageToken });
    });
    expect(await all(provider.listWebhooks(neverAborted()))).toHaveLength(6);
  });

  it("of webhooks leave out those that are marked as deleted", async () => {
    const deletedAt = time(Date.parse("2026-11-20T12:00:00Z"));
    const { provider } = await tenant({
      webhooks: [
        { id: "gone", deletedAt },
        { id: "live", deletedAt: null },
      ],
    });
    expect(await all(provider.listWebhooks(neverAborted()))).toMatchObject([{ id: "live" }]);
  });
});
