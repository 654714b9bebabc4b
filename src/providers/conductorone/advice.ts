import type { Advice } from "../faults.ts";
import { readClientSecret, SECRET_PREFIX } from "./credential.ts";
import type { ClientCredentials, ConductorOneCredentials } from "./settings.ts";

const OWN_KEYS = "API keys in your profile menu";
const SERVICE_PRINCIPALS = "Directory > Service principals > Credentials";

/** For credentials whose tokens are bound to a key of their own, https://www.rfc-editor.org/rfc/rfc9449. */
export const DPOP_DEMANDED = `This credential demands DPoP, which is not supported: turn "Require DPoP" off for it in ConductorOne, under ${SERVICE_PRINCIPALS}, or make one without it there and set CONDUCTORONE_CLIENT_ID and CONDUCTORONE_CLIENT_SECRET from it.`;

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
      "Check that CONDUCTORONE_CLIENT_ID or CONDUCTORONE_SERVER_URL names the tenant itself and that no proxy or login page answers in its place; if all that is right, ask ConductorOne's support.",
  };
}

/** What to do where no token is given out for a client. */
export function refusedClientAdvice({ clientId, clientSecret }: ClientCredentials): string {
  const screen = screenOf(clientId);
  if (readClientSecret(clientSecret).kind === "opaque")
    return `CONDUCTORONE_CLIENT_SECRET ${OPAQUE_SECRET}: set the one that was shown with CONDUCTORONE_CLIENT_ID, or create a new credential in ConductorOne, under ${screen}, and set both.`;
  return `Look for CONDUCTORONE_CLIENT_ID in ConductorOne, under ${screen}: is it there, enabled, not expired, and allowed from this machine's address? If so, CONDUCTORONE_CLIENT_SECRET is not its secret: create a new credential there and set both.`;
}

/** Of a secret of no known form, to be read after the variable's name. */
export const OPAQUE_SECRET = `does not begin with ${SECRET_PREFIX} as ConductorOne's client secrets do`;

/** Of the answers to other requests than those for a token. */
function authenticationAdvice(credentials: ConductorOneCredentials): string {
  switch (credentials.kind) {
    case "client_credentials":
      return `ConductorOne gave a token for CONDUCTORONE_CLIENT_ID, and then refused it: check that CONDUCTORONE_SERVER_URL, if set, is that client's tenant, that no proxy removes the Authorization header, and, under ${screenOf(credentials.clientId)}, that this machine's address is allowed.`;
    case "access_token":
      return `CONDUCTORONE_ACCESS_TOKEN has expired or been revoked, is of another tenant, or needs DPoP, which is not supported. It is not renewed: better create a credential in ConductorOne, under ${OWN_KEYS}, and set CONDUCTORONE_CLIENT_ID and CONDUCTORONE_CLIENT_SECRET in its place.`;
  }
}

/** Where a client is kept: https://www.conductorone.com/docs/conductorone-api/api, …/docs/product/admin/service-principals/client-credentials */
function screenOf(clientId: string): string {
  if (clientId.endsWith("/pcc")) return OWN_KEYS;
  if (clientId.endsWith("/spc")) return SERVICE_PRINCIPALS;
  return `${OWN_KEYS} or ${SERVICE_PRINCIPALS}`;
}
