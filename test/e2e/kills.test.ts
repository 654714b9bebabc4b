import { expect, it } from "vitest";
import { killRounds } from "../../bench/kills/kill-rounds.ts";
import { newPostgresDatabase } from "../store/databases.ts";

const NOTHING_WRONG = { lost: 0, doubled: 0 };
/** Real processes take their time. Milliseconds. */
const PATIENCE_MS = 170_000;

// `npm run bench -- kills` does the same with a hundred kills, and with three processes that are killed. Every other kill strikes
// while Slack has taken a post and the bot does not know. The seeds spread the rest: from the first tenths of a second, in which
// nothing can have been posted yet, to seconds later, before, between and after posts.
it.concurrent("4 kills lose and double no digest on the embedded database", { timeout: PATIENCE_MS }, async () => {
  const told = await killRounds({ replicas: 1, kills: 4, seed: 12 });
  expect(told).toMatchObject({ ...NOTHING_WRONG, inMidPost: 2 });
});

it.concurrent("4 kills lose and double no digest on a PostgreSQL", { timeout: PATIENCE_MS }, async () => {
  const databaseUrl = await newPostgresDatabase();
  const told = await killRounds({ databaseUrl, replicas: 1, kills: 4, seed: 27 });
  expect(told).toMatchObject({ ...NOTHING_WRONG, inMidPost: 2 });
});

it.concurrent("three processes on one PostgreSQL post each digest once", { timeout: PATIENCE_MS }, async () => {
  const databaseUrl = await newPostgresDatabase();
  expect(await killRounds({ databaseUrl, replicas: 3, kills: 0, seed: 7 })).toMatchObject(NOTHING_WRONG);
});
