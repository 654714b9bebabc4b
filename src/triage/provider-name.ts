const NAMES: Record<string, string> = { zendesk: "Zendesk", conductorone: "ConductorOne" };

/** What people call a provider elsewhere: its command line (`cone`), its newer brand (C1), and short forms. */
const NICKNAMES: Record<string, string> = {
  c1: "conductorone",
  cone: "conductorone",
  conductor: "conductorone",
  "conductor-one": "conductorone",
  "conductor.one": "conductorone",
  zd: "zendesk",
  zen: "zendesk",
};

/** A provider as people call it: its id where it has no name of its own. */
export function providerName(id: string): string {
  return (Object.hasOwn(NAMES, id) ? NAMES[id] : undefined) ?? id;
}

/** The id of the provider that people call so, set up or not; `undefined` where it is no nickname. */
export function providerCalled(nickname: string): string | undefined {
  const word = nickname.toLowerCase();
  return Object.hasOwn(NICKNAMES, word) ? NICKNAMES[word] : undefined;
}
