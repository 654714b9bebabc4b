import { expect, it } from "vitest";
import { youngerOneAtMs } from "../../../src/slack/sockets/stagger.ts";

const LIFE_MS = 4_000;
const WANTED = 2;

it.each([
  ["at half the life of two of one age", [0, 10], 2_000],
  ["not at all where one more than wanted stands", [0, 0, 0], undefined],
  ["not at all where the youngest is a quarter of a life younger", [0, 1_000], undefined],
  ["not at all beside a single one", [0], undefined],
  ["not at all beside none", [], undefined],
] as const)("a younger connection joins %s", (_, born, expected) => {
  expect(
    youngerOneAtMs(
      born.map((bornMs) => ({ bornMs, lifeMs: LIFE_MS })),
      WANTED,
    ),
  ).toBe(expected);
});

it("no younger connection joins where Slack did not tell how long they live", () => {
  expect(
    youngerOneAtMs(
      [0, 0].map((bornMs) => ({ bornMs, lifeMs: undefined })),
      WANTED,
    ),
  ).toBeUndefined();
});
