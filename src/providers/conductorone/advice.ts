import type { Advice } from "../faults.ts";
import type { ConductorOneCredentials } from "./settings.ts";

/** For credentials whose tokens are bound to a key of their own, https://www.rfc-editor.org/rfc/rfc9449. */
export const DPOP_DEMANDED =
  'This credential demands DPoP, which is not supported: turn "Require DPoP" off for it in ConductorOne, or make a credential without it.';

/** Only roles that may see all tasks see all failures. */
const ROLE =
  "a credential with at least the scope Read-Only Administrator, of a user who may see webhooks and all tasks";

/** What to do about each kind of error of a ConductorOne tenant. */
export function adviceFor(credentials: ConductorOneCredentials): Advice {
  return {
    authentication: authenticationAdvice(credentials),
    permission: `Use ${ROLE}; test deliveries need Full permissions.`,
    not_found:
      "The webhook or task may have been deleted; if every request ends like this, check CONDUCTORONE_CLIENT_ID or CONDUCTORONE_SERVER_URL.",
    wrong_address:
      "Check CONDUCTORONE_CLIENT_ID, whose host is the tenant's address, and CONDUCTORONE_SERVER_URL if it is set: nothing of ConductorOne is there.",
    rate_limited: "If this repeats, find out what else asks this tenant's API.",
    unavailable: "If this lasts, check ConductorOne's status page and the network between here and there.",
    unexpected_answer:
      "Check that CONDUCTORONE_CLIENT_ID or CONDUCTORONE_SERVER_URL names the tenant itself and that no proxy or login page answers in its place.",
  };
}

function authenticationAdvice(credentials: ConductorOneCredentials): string {
  switch (credentials.kind) {
    case "client_credentials":
      return "Check CONDUCTORONE_CLIENT_ID and CONDUCTORONE_CLIENT_SECRET: the secret may be of another client, revoked or expired, or not allowed from this address.";
    case "access_token":
      return "Set CONDUCTORONE_ACCESS_TOKEN to a token that is valid and needs no DPoP; tokens live for an hour or less, so better use CONDUCTORONE_CLIENT_ID and CONDUCTORONE_CLIENT_SECRET, whose tokens are renewed.";
  }
}
