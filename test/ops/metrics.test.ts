import { expect, it } from "vitest";
import { createMetrics } from "../../src/ops/metrics.ts";

it("two sets of metrics know nothing of each other", async () => {
  const [one, other] = [createMetrics(), createMetrics()];
  one.questions.inc({ subcommand: "failures", outcome: "answered" });
  expect((await one.questions.get()).values).toHaveLength(1);
  expect((await other.questions.get()).values).toHaveLength(0);
});

it("durations fall into buckets that tell whether our limits are kept", async () => {
  const { ackSeconds, answerSeconds, registry } = createMetrics();
  ackSeconds.observe({ kind: "command" }, 0.2);
  answerSeconds.startTimer({ subcommand: "failures" })();
  const text = await registry.metrics();
  expect(text).toContain('hooktriage_ack_seconds_bucket{le="0.25",kind="command"} 1');
  expect(text).toContain('hooktriage_answer_seconds_bucket{le="1.5",subcommand="failures"} 1');
});
