import { z } from "zod";
import { readCredential, readPair } from "../../config/read/pairs.ts";
import { originUrl } from "../../config/read/values.ts";
import { echo, type Variables } from "../../config/read/variables.ts";
import type { ZendeskSettings } from "./settings.ts";

/** A label of a host name: https://www.rfc-editor.org/rfc/rfc1035#section-2.3.1 */
const subdomain = z.string().transform((value, context): string => {
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(value)) return value.toLowerCase();
  const host = /^(?:https?:\/\/)?([a-z0-9-]{1,63})\.zendesk\.com(?:[/:?#]|$)/i.exec(value)?.[1];
  const isAddress = /[.:/@]/.test(value);
  const message = host
    ? `${echo(`${host}.zendesk.com`)} is the whole host; give ${host} alone.`
    : isAddress
      ? "is an address; give the first part of acme.zendesk.com alone, or the address of another host as ZENDESK_BASE_URL."
      : `${echo(value)} is no subdomain; give letters, digits and hyphens, such as acme of acme.zendesk.com.`;
  context.addIssue({ code: "custom", message });
  return z.NEVER;
});

/** Reads Zendesk's variables, of which one is set. `undefined` where they do not suffice, which is noted as faults. */
export function readZendesk(variables: Variables): ZendeskSettings | undefined {
  const baseUrl = readBaseUrl(variables);
  const credentials = readCredentials(variables);
  return baseUrl !== undefined && credentials ? { baseUrl, credentials } : undefined;
}

/** The base URL wins: it says more. */
function readBaseUrl(variables: Variables): string | undefined {
  const name = variables.read("ZENDESK_SUBDOMAIN", subdomain, undefined);
  if (variables.value("ZENDESK_BASE_URL") !== undefined)
    return variables.read("ZENDESK_BASE_URL", originUrl, undefined);
  if (variables.value("ZENDESK_SUBDOMAIN") === undefined) {
    variables.fault(
      "ZENDESK_SUBDOMAIN",
      "missing",
      "give acme for acme.zendesk.com, or a whole address as ZENDESK_BASE_URL",
    );
  }
  return name === undefined ? undefined : `https://${name}.zendesk.com`;
}

function readCredentials(variables: Variables): ZendeskSettings["credentials"] | undefined {
  const faultsBefore = variables.faults.length;
  const client = readPair(variables, "ZENDESK_OAUTH_CLIENT_ID", "ZENDESK_OAUTH_CLIENT_SECRET");
  const accessToken = readCredential(variables, "ZENDESK_ACCESS_TOKEN");
  const api = readPair(variables, "ZENDESK_EMAIL", "ZENDESK_API_TOKEN");
  if (api && !/^[^@/]+@[^@/]+$/.test(api.first)) {
    variables.fault("ZENDESK_EMAIL", "is no e-mail address", "give the address alone, without /token");
  }
  if (client) return { kind: "client_credentials", clientId: client.first, clientSecret: client.second };
  if (accessToken !== undefined) return { kind: "access_token", token: accessToken };
  if (api) return { kind: "api_token", email: api.first, token: api.second };
  if (variables.faults.length === faultsBefore) {
    variables.fault(
      "ZENDESK_OAUTH_CLIENT_ID",
      "no credentials for Zendesk",
      "give it with ZENDESK_OAUTH_CLIENT_SECRET, or ZENDESK_ACCESS_TOKEN, or ZENDESK_EMAIL with ZENDESK_API_TOKEN",
    );
  }
  return undefined;
}
