import type { ZendeskSettings } from "../../../src/providers/zendesk/settings.ts";

export function withAccessToken(baseUrl: string): ZendeskSettings {
  return { baseUrl, credentials: { kind: "access_token", token: "planted-access-token" } };
}

export function withClientCredentials(baseUrl: string): ZendeskSettings {
  const credentials = {
    kind: "client_credentials",
    clientId: "hooktriage",
    clientSecret: "planted-client-secret",
  } as const;
  return { baseUrl, credentials };
}

export function withApiToken(baseUrl: string): ZendeskSettings {
  return { baseUrl, credentials: { kind: "api_token", email: "ann@acme.example", token: "planted-api-token" } };
}
