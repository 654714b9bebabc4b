import type { ReceiverMishaps } from "../provider/control.ts";
import { storyCause } from "./story/cause.ts";
import type { Story } from "./story/story.ts";

/**
 * Things that go wrong, or right again, with a webhook's receiver. Requests are made at the instant of the mishap and fire their
 * webhook within a minute; it has failed when the cause's last attempt has, which for most causes is the fiftieth, some minutes on.
 */
export interface Mishaps extends ReceiverMishaps {
  /** Three requests are made now, and one a minute; all fail until `healReceiver`. */
  breakReceiver(webhookId: string, cause: string): void;
  /** Ends everything that goes wrong, the story's own troubles too; one request is made now and goes well. */
  healReceiver(webhookId: string): void;
  /** `count` requests that will fail are made from now on, one a millisecond. */
  startStorm(webhookId: string, cause: string, count: number): void;
}

const AT_ONCE_WHEN_BROKEN = 3;
const MORE_EVERY_MS = 60_000;

export function createMishaps(story: Story, now: () => Date): Mishaps {
  /** Each at an instant of its own, as at a tenant. */
  function failNow(webhookId: string, cause: string, count: number): void {
    const { name } = storyCause(cause);
    story.addTraffic(webhookId, { fromMs: now().getTime(), everyMs: 1, count, cause: name, instants: "made" });
  }
  return {
    breakReceiver(webhookId, cause) {
      failNow(webhookId, cause, AT_ONCE_WHEN_BROKEN);
      const fromMs = now().getTime();
      story.addIncident(webhookId, { cause, fromMs, share: 1 });
      story.addTraffic(webhookId, { fromMs, everyMs: MORE_EVERY_MS, cause, instants: "made" });
    },
    healReceiver(webhookId) {
      const fromMs = now().getTime();
      story.endTrouble(webhookId, fromMs);
      story.addTraffic(webhookId, { fromMs, everyMs: 0, count: 1, instants: "made" });
    },
    startStorm(webhookId, cause, count) {
      failNow(webhookId, cause, count);
    },
  };
}
