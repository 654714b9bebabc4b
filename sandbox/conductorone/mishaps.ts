import { storyCause } from "./story/cause.ts";
import { longestCourseMs } from "./story/run.ts";
import type { Story } from "./story/story.ts";

/** Things that go wrong, or right again, with a webhook's receiver. All throw RangeError for unknown names. */
export interface Mishaps {
  /** Three requests have failed now, and all new ones fail until `healReceiver`. */
  breakReceiver(webhookId: string, cause: string): void;
  /** Ends everything that goes wrong, the story's own troubles too; one request goes well from now. */
  healReceiver(webhookId: string): void;
  /** `count` requests have failed, now. */
  startStorm(webhookId: string, cause: string, count: number): void;
}

const AT_ONCE_WHEN_BROKEN = 3;
const MORE_EVERY_MS = 60_000;
/** Between the end of an instance and that of what it was fired for. */
const SLACK_MS = 1_000;

export function createMishaps(story: Story, now: () => Date): Mishaps {
  /** Fired early enough for each of them to have ended by now. */
  function failNow(webhookId: string, cause: string, count: number): void {
    const fromMs = now().getTime() - longestCourseMs(story.webhook(webhookId), storyCause(cause)) - SLACK_MS;
    story.addTraffic(webhookId, { fromMs, everyMs: 0, count, cause });
  }
  return {
    breakReceiver(webhookId, cause) {
      failNow(webhookId, cause, AT_ONCE_WHEN_BROKEN);
      const fromMs = now().getTime();
      story.addIncident(webhookId, { cause, fromMs, share: 1 });
      story.addTraffic(webhookId, { fromMs, everyMs: MORE_EVERY_MS, cause });
    },
    healReceiver(webhookId) {
      const atMs = now().getTime();
      story.endTrouble(webhookId, atMs);
      story.addTraffic(webhookId, { fromMs: atMs, everyMs: 0, count: 1 });
    },
    startStorm(webhookId, cause, count) {
      failNow(webhookId, cause, count);
    },
  };
}
