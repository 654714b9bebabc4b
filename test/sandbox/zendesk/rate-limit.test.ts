import { expect, it } from "vitest";
import { type Answer, startAsking, virtualClock } from "./ask.ts";

const LIST = "/api/v2/webhooks?page[size]=1";

it("lets 100 requests a minute through and says how many are left", async () => {
  const clock = virtualClock();
  clock.advance(15);
  const asking = await startAsking({ now: clock.now, rateLimitPerMinute: 100 });
  const answers: Answer[] = [];
  for (let i = 0; i < 101; i++) answers.push(await asking.get(LIST));
  expect(answers[0]?.headers.get("x-rate-limit")).toBe("100");
  expect(answers[0]?.headers.get("x-rate-limit-remaining")).toBe("99");
  expect(answers[99]?.status).toBe(200);
  expect(answers[99]?.headers.get("x-rate-limit-remaining")).toBe("0");

  const refused = answers[100];
  expect(refused?.status).toBe(429);
  expect(refused?.headers.get("content-type")).toMatch(/^text\/plain/);
  expect(refused?.headers.get("retry-after")).toBe("45");
  expect(refused?.headers.get("x-rate-limit-remaining")).toBe("0");

  clock.advance(44);
  expect((await asking.get(LIST)).status).toBe(429);
  clock.advance(1);
  expect((await asking.get(LIST)).status).toBe(200);
  await asking.zendesk.close();
});

it("can say when to come back as an HTTP date", async () => {
  const asking = await startAsking({ rateLimitPerMinute: 1, retryAfterAs: "http-date" });
  await asking.get(LIST);
  expect((await asking.get(LIST)).headers.get("retry-after")).toBe("Fri, 20 Nov 2026 12:01:00 GMT");
  await asking.zendesk.close();
});

it("counts test deliveries by themselves, 20 a minute", async () => {
  const asking = await startAsking({ rateLimitPerMinute: 100 });
  const test = () => asking.post("/api/v2/webhooks/test", { request: {} });
  const first = await test();
  expect(first.headers.get("x-rate-limit")).toBe("20");
  for (let i = 0; i < 19; i++) expect((await test()).status).toBe(200);
  expect((await test()).status).toBe(429);
  expect((await asking.get(LIST)).headers.get("x-rate-limit-remaining")).toBe("99");
  await asking.zendesk.close();
});

it("can be lifted", async () => {
  const asking = await startAsking({ rateLimitPerMinute: Number.POSITIVE_INFINITY });
  for (let i = 0; i < 120; i++) expect((await asking.get(LIST)).status).toBe(200);
  expect((await asking.get(LIST)).headers.get("x-rate-limit")).toBe("100000");
  await asking.zendesk.close();
});
