const NAMES: Record<string, string> = { zendesk: "Zendesk", conductorone: "ConductorOne" };

/** A provider as people call it: its id where it has no name of its own. */
export function providerName(id: string): string {
  return (Object.hasOwn(NAMES, id) ? NAMES[id] : undefined) ?? id;
}
