import { PermissionError, ProviderError } from "../errors.ts";
import type { ProviderHealth, ToMend } from "../provider.ts";
import { OPAQUE_SECRET } from "./advice.ts";
import type { ConductorOneClient } from "./client.ts";
import { readClientId, readClientSecret } from "./credential.ts";
import { word } from "./decode.ts";
import type { Identity } from "./schema.ts";
import type { ConductorOneCredentials, ConductorOneSettings } from "./settings.ts";

const AUTHENTICATED_BY: Record<ConductorOneCredentials["kind"], string> = {
  client_credentials: "client credentials",
  access_token: "an access token",
};

const MOST_ROLES = 5;

/** Who we are there, and whether we may read the webhooks, and the tasks in which they leave their traces. */
export async function checkup(
  client: ConductorOneClient,
  { credentials, baseUrl }: ConductorOneSettings,
  signal: AbortSignal,
): Promise<ProviderHealth> {
  const warnings = [...hostWarnings(credentials, baseUrl), ...secretWarnings(credentials)];
  const options = { signal, retry: { attempts: 2 } };
  let asked: string | undefined;
  try {
    const identity = await client.introspect(options);
    asked = "webhooks";
    await client.listWebhooks({ pageSize: 1 }, options);
    asked = "tasks, in which the failures of webhooks stand";
    await client.searchTasks({}, options);
    const { rateLimit, clockReading } = client;
    const detail = `Reads the webhooks and tasks of ${baseUrl} with ${AUTHENTICATED_BY[credentials.kind]}${asWhom(identity)}.`;
    return { ok: true, detail, warnings, rateLimit, clockReading };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { nextStep } = error;
    const isRefused = error instanceof PermissionError && asked !== undefined;
    const happened = isRefused ? `These credentials may not read ${asked}: ${error.told}` : error.told;
    // Whether the right tenant was asked is the first thing to look at.
    const told = client.requestCount > 0 ? `${happened} Asked was ${baseUrl}.` : happened;
    const { rateLimit, clockReading } = client;
    const problem = { told, mend: nextStep };
    return { ok: false, detail: `${told} ${nextStep}`, problem, warnings, rateLimit, clockReading };
  }
}

function asWhom({ userId, principleId, roles = [] }: Identity): string {
  const names = roles.filter((role) => role.trim() !== "").map(word);
  const name = userId ?? principleId;
  const user = name === undefined ? "" : `, as user ${word(name)}`;
  if (names.length === 0) return user;
  const more = names.length > MOST_ROLES ? ` and ${names.length - MOST_ROLES} more` : "";
  return `${user}, with the ${names.length === 1 ? "role" : "roles"} ${names.slice(0, MOST_ROLES).join(", ")}${more}`;
}

/** The address that is set wins over the one in the client id, which may be meant, and may be a slip. */
function hostWarnings(credentials: ConductorOneCredentials, baseUrl: string): ToMend[] {
  if (credentials.kind !== "client_credentials") return [];
  const clientId = readClientId(credentials.clientId);
  const { host, hostname } = new URL(baseUrl);
  if (clientId.kind !== "whole" || clientId.host === host || new URL(`https://${clientId.host}`).hostname === hostname)
    return [];
  return [
    {
      told: `CONDUCTORONE_SERVER_URL names ${host}, and CONDUCTORONE_CLIENT_ID is of ${clientId.host}: ${host} is asked.`,
      mend: "If that is not meant, unset CONDUCTORONE_SERVER_URL: the client id tells the address.",
    },
  ];
}

/** It may be a secret of a kind that is not known here, and is more likely a slip. */
function secretWarnings(credentials: ConductorOneCredentials): ToMend[] {
  if (credentials.kind !== "client_credentials") return [];
  if (readClientSecret(credentials.clientSecret).kind !== "opaque") return [];
  return [
    {
      told: `CONDUCTORONE_CLIENT_SECRET ${OPAQUE_SECRET}: it is sent as it is, with every request for a token.`,
      mend: "Check that it is the secret that ConductorOne showed once with the client id, whole and with its prefix.",
    },
  ];
}
