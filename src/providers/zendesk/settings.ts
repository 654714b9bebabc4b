/** How to reach one Zendesk account. */
export interface ZendeskSettings {
  /** Such as `https://acme.zendesk.com`. */
  baseUrl: string;
  credentials: ZendeskCredentials;
}

/** The ways to authenticate, https://developer.zendesk.com/api-reference/introduction/security-and-auth/. */
export type ZendeskCredentials =
  | { kind: "client_credentials"; clientId: string; clientSecret: string }
  | { kind: "access_token"; token: string }
  | { kind: "api_token"; email: string; token: string };
