import type { WebClient } from "@slack/web-api";
import type { Log } from "../ops/log.ts";
import { createBelieved } from "./believed.ts";
import { isUnknownMethod, outcomeOf, slackErrorOf } from "./call.ts";
import { PEOPLE_SCOPE } from "./scopes.ts";

/** Who we are in Slack, from `auth.test`. */
export interface Identity {
  /** Absent where the server does not tell. Slack does. */
  teamId?: string;
  enterpriseId?: string;
  botId?: string;
  botUserId?: string;
}

/** Somebody who asked, as far as it matters here. */
export interface Person {
  userId: string;
  /** IANA name. */
  timeZone: string;
  /** Why this person gets no answer. */
  refusal?: "other_organisation" | "guest" | "unverified" | "missing_scope";
  /** For `unverified`: what Slack answered instead, in a word, for the log. */
  reason?: string;
}

/** What Slack's payload says of the person who acted. */
export interface Actor {
  userId: string;
  teamId?: string;
  enterpriseId?: string;
}

export interface People {
  /** Never throws: who cannot be looked up is `unverified`, or `missing_scope` where the app may look nobody up. */
  identify(actor: Actor): Promise<Person>;
}

export interface PeopleParts {
  web: WebClient;
  identity: Identity;
  /** For people whose zone Slack does not tell. */
  defaultTimeZone: string;
  now: () => Date;
  log: Pick<Log, "error">;
}

/** Nobody gets an answer meanwhile, and each of them would have it told again. Milliseconds. */
const TOLD_EVERY_MS = 60 * 60_000;

/** How long what Slack said of a person is believed. */
const BELIEVED_MS = 5 * 60_000;

/** Knows who may ask: members of our own organisation, no guests. Who cannot be looked up is not let in. */
export function createPeople({ web, identity, defaultTimeZone, now, log }: PeopleParts): People {
  const believed = createBelieved<Person>({
    forMs: BELIEVED_MS,
    now,
    isKept: ({ refusal }) => refusal !== "unverified" && refusal !== "missing_scope",
  });
  let toldAtMs = Number.NEGATIVE_INFINITY;

  function tellMissingScope(): void {
    if (now().getTime() - toldAtMs < TOLD_EVERY_MS) return;
    toldAtMs = now().getTime();
    log.error(
      { scope: PEOPLE_SCOPE },
      `nobody gets an answer: the Slack app lacks the scope ${PEOPLE_SCOPE}. Add it to the bot token scopes in the app's page under OAuth & Permissions, and install the app again`,
    );
  }

  async function lookUp(actor: Actor): Promise<Person> {
    const { userId } = actor;
    const unknown = { userId, timeZone: defaultTimeZone };
    try {
      const { user } = await web.users.info({ user: userId });
      if (!user) return asThePayloadSays(actor, unknown);
      const person: Person = { userId, timeZone: zoneOf(user.tz) };
      if (user.is_stranger || !isOurs(user.team_id ?? actor.teamId, user.enterprise_user?.enterprise_id)) {
        return { ...person, refusal: "other_organisation" };
      }
      return user.is_restricted || user.is_ultra_restricted ? { ...person, refusal: "guest" } : person;
    } catch (error) {
      if (isUnknownMethod(error)) return asThePayloadSays(actor, unknown);
      if (slackErrorOf(error) === "missing_scope") {
        tellMissingScope();
        return { ...unknown, refusal: "missing_scope" };
      }
      return { ...unknown, refusal: "unverified", reason: outcomeOf(error) };
    }
  }

  /** For a server that does not tell of people. */
  function asThePayloadSays({ teamId, enterpriseId }: Actor, person: Person): Person {
    return isOurs(teamId, enterpriseId) ? person : { ...person, refusal: "other_organisation" };
  }

  /** In an Enterprise Grid the workspaces of one organisation share its id, which may stand for a team's too. */
  function isOurs(teamId: string | undefined, enterpriseId: string | undefined): boolean {
    if (teamId === undefined || identity.teamId === undefined || teamId === identity.teamId) return true;
    const { enterpriseId: ours } = identity;
    return ours !== undefined && (enterpriseId === ours || teamId === ours);
  }

  function zoneOf(zone: string | undefined): string {
    return zone && isTimeZone(zone) ? zone : defaultTimeZone;
  }

  return {
    identify: (actor) =>
      believed.get(JSON.stringify([actor.userId, actor.teamId, actor.enterpriseId]), () => lookUp(actor)),
  };
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
