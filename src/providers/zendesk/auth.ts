import { z } from "zod";
import type { Clock } from "../clock.ts";
import { AuthenticationError, ProviderError } from "../errors.ts";
import type { Authorizer, HttpRequest, PlainHttp } from "../http.ts";
import { adviceFor } from "./advice.ts";
import type { ZendeskCredentials } from "./settings.ts";

type ClientCredentials = Extract<ZendeskCredentials, { kind: "client_credentials" }>;

interface Token {
  header: string;
  /** From then on it is renewed before it is used. `undefined`: until Zendesk refuses it. */
  renewAtMs: number | undefined;
}

const tokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
});

/** A token is renewed this long before it expires, or after four fifths of a short life. */
const RENEWED_EARLY_MS = 60_000;
/** The client's own secret and the latest tokens: an old one may still be quoted by a late answer. */
const REMEMBERED_SECRETS = 16;
/** Only Zendesk's answers to a bad client: a 404 or 5xx says nothing of the credentials. */
const REFUSALS = new Set([400, 401, 403, 422]);

/** Says how requests to Zendesk are authorised, https://developer.zendesk.com/api-reference/introduction/security-and-auth/. */
export function createAuthorizer(credentials: ZendeskCredentials, clock: Pick<Clock, "now">): Authorizer {
  switch (credentials.kind) {
    case "client_credentials":
      return clientCredentialsAuthorizer(credentials, clock);
    case "access_token":
      return constantAuthorizer(`Bearer ${credentials.token}`, [credentials.token]);
    case "api_token": {
      const encoded = Buffer.from(`${credentials.email}/token:${credentials.token}`).toString("base64");
      return constantAuthorizer(`Basic ${encoded}`, [encoded, credentials.token]);
    }
  }
}

function constantAuthorizer(header: string, secrets: string[]): Authorizer {
  return { secrets, authorize: async (_method, _http, rejected) => (rejected === undefined ? header : undefined) };
}

/** One token for reads and one for writes, each with no more than its scope. Callers that need a new one share one request. */
function clientCredentialsAuthorizer(credentials: ClientCredentials, clock: Pick<Clock, "now">): Authorizer {
  const tokens = new Map<string, Token>();
  const renewals = new Map<string, Promise<Token>>();
  let latestTokens: readonly string[] = [];
  let secrets: readonly string[] = [credentials.clientSecret];

  async function renew(scope: string, http: PlainHttp): Promise<Token> {
    const token = await requestToken(credentials, scope, http, clock);
    tokens.set(scope, token);
    latestTokens = [...latestTokens, token.header.slice("Bearer ".length)].slice(1 - REMEMBERED_SECRETS);
    // A list of its own each time: who holds one may have prepared it for searching.
    secrets = [credentials.clientSecret, ...latestTokens];
    return token;
  }

  return {
    get secrets() {
      return secrets;
    },
    async authorize(method, http, rejected) {
      const scope = method === "GET" ? "webhooks:read" : "webhooks:write";
      const token = tokens.get(scope);
      const isFresh = token && (token.renewAtMs === undefined || clock.now().getTime() < token.renewAtMs);
      if (isFresh && token.header !== rejected) return token.header;
      const renewal = renewals.get(scope) ?? renew(scope, http).finally(() => renewals.delete(scope));
      renewals.set(scope, renewal);
      return (await renewal).header;
    },
  };
}

async function requestToken(
  credentials: ClientCredentials,
  scope: string,
  http: PlainHttp,
  clock: Pick<Clock, "now">,
): Promise<Token> {
  const body = {
    grant_type: "client_credentials",
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    scope,
  };
  const request: HttpRequest = { method: "POST", path: "/oauth/tokens", body };
  const askedAtMs = clock.now().getTime();
  const answer = tokenAnswer.safeParse(
    await http.send(request).catch((error) => Promise.reject(asRefusal(error, credentials))),
  );
  if (!answer.success) throw http.faultsOf(request).nonsense("answered without an access_token");
  const lifeMs = answer.data.expires_in === undefined ? undefined : answer.data.expires_in * 1000;
  return {
    header: `Bearer ${answer.data.access_token}`,
    renewAtMs: lifeMs === undefined ? undefined : askedAtMs + Math.max(lifeMs - RENEWED_EARLY_MS, lifeMs * 0.8),
  };
}

/** OAuth answers a bad client with 400, 401 or 403, https://www.rfc-editor.org/rfc/rfc6749#section-5.2. */
function asRefusal(error: unknown, credentials: ZendeskCredentials): unknown {
  if (!(error instanceof ProviderError) || error.status === undefined || !REFUSALS.has(error.status)) return error;
  return new AuthenticationError({ ...error, nextStep: adviceFor(credentials).authentication });
}
