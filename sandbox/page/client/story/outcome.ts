import type { Story, StoryAct, StoryProvider } from "../../wire.ts";
import { LIMITED_REQUESTS } from "./amounts.ts";

/** What an act has done, and what to do next. */
export interface Outcome {
  words: string;
  next?: Next;
}

export type Next =
  /** Something to type, once so many minutes have passed. */
  | { label: string; ask: string; afterMinutes?: number }
  /** A channel to look at, by its id. */
  | { label: string; goTo: string };

/** What is said while it works. */
export function underWay({ act }: StoryAct): string {
  if (act === "next_digest")
    return "On the way: the clock moves, and the bot reads what failed until then. Some seconds…";
  return act === "start_bot" ? "Starting the bot…" : "Working on it…";
}

/** @param digestChannel id of where the next digest was to come, where the person sees it; `nameOf` says it in words. */
export function outcomeOf(
  act: StoryAct,
  { providers }: Story,
  digestChannel: string | undefined,
  nameOf: (channel: string) => string,
): Outcome {
  switch (act.act) {
    case "provider": {
      const provider = providers.find(({ id }) => id === act.provider);
      return provider === undefined ? { words: "It is done." } : atProvider(act, provider);
    }
    case "next_digest":
      if (digestChannel === undefined) return { words: "The digest has come, to a channel that you do not see." };
      return {
        words: `The digest has come to ${nameOf(digestChannel)}.`,
        next: { label: "Read it", goTo: digestChannel },
      };
    case "wait":
      return { words: `${act.minutes === 60 ? "An hour has" : `${act.minutes} minutes have`} passed.` };
    case "refuse_blocks":
      return act.types.length === 0
        ? { words: "Slack takes every block again." }
        : { words: "Slack refuses tables and charts. See what is posted instead:", next: ask("/hooks webhooks") };
    case "expire_trigger":
      return { words: "The next form that the bot opens is late. Open one:", next: ask("/hooks digest") };
    case "limit_slack":
      return { words: "The bot's next two messages are turned away for 3 seconds each.", next: ask("/hooks") };
    case "deafen_bot":
      return { words: "For some seconds nothing that is typed gets to the bot. Try it:", next: ask("/hooks status") };
    case "stop_bot":
      return { words: "The bot has ended. What is typed now comes to nothing:", next: ask("/hooks status") };
    case "start_bot":
      return { words: "The bot has come back, with all that it knew.", next: ask("/hooks status") };
    default:
      return act satisfies never;
  }
}

function ask(command: string): Next {
  return { label: `Ask ${command}`, ask: command };
}

function atProvider({ handle, fields }: Extract<StoryAct, { act: "provider" }>, provider: StoryProvider): Outcome {
  const { id, name, webhooks } = provider;
  const webhook = webhooks.find((one) => one.id === fields.webhookId)?.name;
  if (webhook === undefined) return withApi(handle, fields, name);
  // Of its own direction, whatever stands around it.
  const shown = `\u2068${webhook}\u2069`;
  const later = id === "zendesk" ? ZENDESK_LATER : CONDUCTORONE_LATER;
  const next: Next = { ...later, ask: `/hooks failures webhook:"${webhook}" last 1h` };
  const cause = String(fields.cause);
  switch (handle) {
    case "break":
      return {
        words: id === "zendesk" ? `${failed(3, shown, cause)} So will every one from now on.` : begun(3, shown, true),
        next,
      };
    case "storm": {
      const count = Number(fields.count);
      return { words: id === "zendesk" ? failed(count, shown, cause) : begun(count, shown, false), next };
    }
    case "trip":
      return { words: `${name} has stopped sending to ${shown}, and gave up 20 deliveries.`, next };
    default:
      return { words: `${shown} is well again. What failed before stays failed.`, next };
  }
}

/** What the bot has just read it takes for fresh, and asks again for a little later. */
const ZENDESK_LATER = { label: "Ask about it, a minute on", afterMinutes: 1 };
/** Fifty attempts of 30 seconds, at the most. */
const CONDUCTORONE_LATER = { label: "Ask about it, half an hour on", afterMinutes: 30 };

/** Zendesk, whose first outcome is there at once. */
function failed(count: number, webhook: string, cause: string): string {
  const fate = cause.startsWith("throttled")
    ? "are held back, and will fail in some minutes"
    : (FATES[cause] ?? "failed");
  return `${count} deliveries to ${webhook} ${fate}.`;
}

const FATES: Readonly<Record<string, string>> = {
  "recovers-503-then-200": "failed, and will go well when they are tried again",
};

/** ConductorOne, which tries for some minutes. */
function begun(count: number, webhook: string, goesOn: boolean): string {
  const more = goesOn ? "and one a minute from now on" : "";
  return `${count} requests to ${webhook} were made${more === "" ? "" : `, ${more}`}. They fail when ConductorOne gives up, some minutes on.`;
}

function withApi(handle: string, { kind }: Record<string, string | number>, provider: string): Outcome {
  const next: Next = { ...ask("/hooks"), label: "Ask /hooks, a minute on", afterMinutes: 1 };
  if (handle === "heal") return { words: `${provider}'s API answers again.`, next };
  if (kind === "429") return { words: `${provider}'s API turns away the next ${LIMITED_REQUESTS} requests.`, next };
  return { words: `${provider}'s API answers nothing any more. See what the bot still knows:`, next };
}
