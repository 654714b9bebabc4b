/** A permission of the bot token, https://docs.slack.dev/reference/scopes. */
export interface Scope {
  name: string;
  /** `manifest.yml` asks for both; who installs the app may leave an optional one out. */
  need: "required" | "optional";
  /** What is lost without it, to be read after the scope's name and a colon. */
  without: string;
}

/** What it takes to look people up. https://docs.slack.dev/reference/methods/users.info */
export const PEOPLE_SCOPE = "users:read";

/** Every scope that the bot uses: those of `manifest.yml`. */
export const SCOPES: readonly Scope[] = [
  { name: "commands", need: "required", without: "/hooks does not exist" },
  { name: "chat:write", need: "required", without: "no answer and no digest can be posted" },
  {
    name: "channels:read",
    need: "required",
    without: "it cannot be told whether the bot is in a public channel, so answers there go to the asker alone",
  },
  {
    name: "groups:read",
    need: "required",
    without: "it cannot be told whether the bot is in a private channel, so answers there go to the asker alone",
  },
  {
    name: PEOPLE_SCOPE,
    need: "required",
    without: "nobody can be told from a guest or from people of another organisation, so nobody gets an answer",
  },
  {
    name: "channels:history",
    need: "optional",
    without: "after a crash a digest or a reply in a public channel may be repeated, and is then marked as such",
  },
  {
    name: "groups:history",
    need: "optional",
    without: "after a crash a digest or a reply in a private channel may be repeated, and is then marked as such",
  },
];
