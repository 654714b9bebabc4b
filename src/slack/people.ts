import type { WebClient } from "@slack/web-api";
import { callSlack, isUnknownMethod } from "./call.ts";

/** Who we are in Slack, from `auth.test`. */
export interface Identity {
  teamId: string;
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
  refusal?: "other_organisation" | "guest" | "unverified";
}

/** What Slack's payload says of the person who acted. */
export interface Actor {
  userId: string;
  teamId?: string;
  enterpriseId?: string;
}

export interface People {
  identify(actor: Actor): Promise<Person>;
}

export interface PeopleParts {
  web: WebClient;
  identity: Identity;
  /** For people whose zone Slack does not tell. */
  defaultTimeZone: string;
  now: () => Date;
}

/** How long what Slack said of a person is believed. */
const BELIEVED_MS = 5 * 60_000;

/** Knows who may ask: members of our own organisation, no guests. Who cannot be looked up is not let in. */
export function createPeople({ web, identity, defaultTimeZone, now }: PeopleParts): People {
  const known = new Map<string, { person: Person; untilMs: number }>();

  async function identify(actor: Actor): Promise<Person> {
    const kept = known.get(actor.userId);
    if (kept && kept.untilMs > now().getTime()) return kept.person;
    const person = await lookUp(actor);
    if (person.refusal !== "unverified") {
      known.set(actor.userId, { person, untilMs: now().getTime() + BELIEVED_MS });
    }
    return person;
  }

  async function lookUp(actor: Actor): Promise<Person> {
    const unknown = { userId: actor.userId, timeZone: defaultTimeZone };
    const user = await readUser(actor.userId);
    if (user === "unverified") return { ...unknown, refusal: "unverified" };
    if (user === "not_told")
      return isOurs(actor.teamId, actor.enterpriseId) ? unknown : { ...unknown, refusal: "other_organisation" };
    const person: Person = { userId: actor.userId, timeZone: zoneOf(user.tz) };
    if (user.is_stranger || !isOurs(user.team_id ?? actor.teamId, user.enterprise_user?.enterprise_id)) {
      return { ...person, refusal: "other_organisation" };
    }
    return user.is_restricted || user.is_ultra_restricted ? { ...person, refusal: "guest" } : person;
  }

  /** `not_told`: this server does not tell of people; the payload has to do. `unverified`: it could not be asked just now. */
  async function readUser(userId: string) {
    try {
      const { user } = await callSlack(() => web.users.info({ user: userId }));
      return user ?? "not_told";
    } catch (error) {
      return isUnknownMethod(error) ? "not_told" : "unverified";
    }
  }

  /** In an Enterprise Grid the workspaces of one organisation share its id. */
  function isOurs(teamId: string | undefined, enterpriseId: string | undefined): boolean {
    if (teamId === undefined || teamId === identity.teamId) return true;
    return enterpriseId !== undefined && enterpriseId === identity.enterpriseId;
  }

  function zoneOf(zone: string | undefined): string {
    return zone && isTimeZone(zone) ? zone : defaultTimeZone;
  }

  return { identify };
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
