import type { ProviderDefinition } from "../definition.ts";
import { createConductorOneProvider } from "./provider.ts";
import { readConductorOne } from "./read-settings.ts";
import type { ConductorOneSettings } from "./settings.ts";

export const conductorone: ProviderDefinition<ConductorOneSettings> = {
  secrets: [
    { name: "CONDUCTORONE_CLIENT_SECRET", basic: { user: "CONDUCTORONE_CLIENT_ID" } },
    { name: "CONDUCTORONE_ACCESS_TOKEN" },
  ],
  readSettings: readConductorOne,
  create: createConductorOneProvider,
};
