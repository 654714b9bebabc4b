import type { ChannelKind } from "./model.ts";

export interface PersonSeed {
  name: string;
  realName?: string;
  timeZone?: string;
  /** Another than the workspace's for people of other organisations. */
  teamId?: string;
  isRestricted?: boolean;
  isUltraRestricted?: boolean;
}

export interface ChannelSeed {
  name: string;
  kind?: Exclude<ChannelKind, "im">;
  isArchived?: boolean;
  isExtShared?: boolean;
  /** Names of people; `bot` for the bot itself. */
  members: readonly string[];
}

/** What a workspace holds at start. A caller's people and channels come on top of the default ones. */
export interface SlackSeed {
  people?: readonly PersonSeed[];
  channels?: readonly ChannelSeed[];
  /** What the bot token may do; every scope the sandbox knows by default. */
  scopes?: readonly string[];
}

export const TEAM = { id: "T0NORTHWIND", name: "Northwind Support", domain: "northwind-support" } as const;
export const RIVAL_TEAM_ID = "T0RIVALLTD";
export const BOT = {
  userId: "U0HOOKTRIAGE",
  botId: "B0HOOKTRIAGE",
  appId: "A0HOOKTRIAGE",
  name: "hooktriage",
} as const;

export const PEOPLE: readonly PersonSeed[] = [
  { name: "dana", realName: "Dana Köhler", timeZone: "Europe/Berlin" },
  { name: "omar", realName: "Omar Haddad", timeZone: "America/New_York" },
  { name: "gil", realName: "Gil Guest", timeZone: "Europe/Lisbon", isUltraRestricted: true },
  { name: "rex", realName: "Rex Rival", timeZone: "America/Los_Angeles", teamId: RIVAL_TEAM_ID },
];

export const CHANNELS: readonly ChannelSeed[] = [
  { name: "ops", members: ["bot", "dana", "omar", "gil"] },
  { name: "private-oncall", kind: "private", members: ["bot", "dana", "omar"] },
  { name: "lounge", members: ["dana", "omar"] },
  { name: "secret", kind: "private", members: ["dana"] },
  { name: "vendors", isExtShared: true, members: ["bot", "dana", "rex"] },
  { name: "old", isArchived: true, members: ["bot", "dana"] },
];

/** The scopes that methods of the sandbox ask for. */
export const ALL_SCOPES: readonly string[] = [
  "channels:history",
  "channels:join",
  "channels:read",
  "chat:write",
  "chat:write.public",
  "commands",
  "files:write",
  "groups:history",
  "groups:read",
  "im:history",
  "im:read",
  "im:write",
  "mpim:history",
  "mpim:read",
  "mpim:write",
  "reactions:write",
  "team:read",
  "users:read",
];
