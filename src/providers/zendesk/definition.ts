import type { ProviderDefinition } from "../definition.ts";
import { createZendeskProvider } from "./provider.ts";
import { readZendesk } from "./read-settings.ts";
import type { ZendeskSettings } from "./settings.ts";

export const zendesk: ProviderDefinition<ZendeskSettings> = {
  secrets: [
    { name: "ZENDESK_OAUTH_CLIENT_SECRET", basic: { user: "ZENDESK_OAUTH_CLIENT_ID" } },
    { name: "ZENDESK_ACCESS_TOKEN" },
    // https://developer.zendesk.com/api-reference/introduction/security-and-auth/#api-token
    { name: "ZENDESK_API_TOKEN", basic: { user: "ZENDESK_EMAIL", suffix: "/token" } },
  ],
  readSettings: readZendesk,
  create: createZendeskProvider,
};
