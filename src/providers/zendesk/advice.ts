import type { Advice } from "../faults.ts";
import type { ZendeskCredentials } from "./settings.ts";

/** API tokens end, https://developer.zendesk.com/documentation/api-basics/authentication/oauth-migration/. */
export const API_TOKENS_END =
  "API tokens stop working on 30 April 2027: move to an OAuth client (ZENDESK_OAUTH_CLIENT_ID, ZENDESK_OAUTH_CLIENT_SECRET).";

/** For those who still use one. */
export const API_TOKEN_IN_USE = {
  told: "ZENDESK_EMAIL and ZENDESK_API_TOKEN are in use: API tokens stop working on 30 April 2027, new ones cannot be made any more, and one that is not used for 30 days is switched off.",
  mend: "In Admin Center > Apps and integrations > APIs > OAuth clients make a confidential client, set ZENDESK_OAUTH_CLIENT_ID and ZENDESK_OAUTH_CLIENT_SECRET to what it shows, and unset the other two.",
};

/** What to do about each kind of error of a Zendesk account. */
export function adviceFor(credentials: ZendeskCredentials): Advice {
  return {
    authentication: authenticationAdvice(credentials),
    permission:
      "Give the token the scope webhooks:read (webhooks:write for test deliveries), and its user the admin role or a custom role that may manage webhooks.",
    not_found: "The webhook or invocation may have been deleted, or be older than the 7 days that Zendesk keeps.",
    wrong_address:
      "Check ZENDESK_SUBDOMAIN, or ZENDESK_BASE_URL where that is set: it does not lead to a Zendesk account. If it is the one that people sign in to, check the network between here and Zendesk.",
    rate_limited: "If this repeats, find out what else spends the account's rate limit of the webhooks API.",
    unavailable: "If this lasts, check status.zendesk.com and the network between here and Zendesk.",
    unexpected_answer:
      "Check that ZENDESK_SUBDOMAIN or ZENDESK_BASE_URL names the Zendesk account itself and that no proxy or login page answers in its place.",
  };
}

function authenticationAdvice(credentials: ZendeskCredentials): string {
  switch (credentials.kind) {
    case "client_credentials":
      return "Check ZENDESK_OAUTH_CLIENT_ID and ZENDESK_OAUTH_CLIENT_SECRET against Admin Center > Apps and integrations > APIs > OAuth clients; the client must be a confidential one.";
    case "access_token":
      return "Set ZENDESK_ACCESS_TOKEN to a token that is valid and has the scope webhooks:read, or use an OAuth client (ZENDESK_OAUTH_CLIENT_ID, ZENDESK_OAUTH_CLIENT_SECRET), whose tokens are renewed.";
    case "api_token":
      return `Check ZENDESK_EMAIL and ZENDESK_API_TOKEN; a token that was not used for 30 days is switched off. ${API_TOKENS_END}`;
  }
}
