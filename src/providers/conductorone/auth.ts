import { randomBytes } from "node:crypto";
import { importJWK, SignJWT } from "jose";
import { z } from "zod";
import { type ClockReading, clockFinding } from "../../triage/clock-skew.ts";
import { providerName } from "../../triage/provider-name.ts";
import type { Clock } from "../clock.ts";
import { AuthenticationError, ProviderError } from "../errors.ts";
import type { Authorizer, HttpRequest, PlainHttp } from "../http.ts";
import { DPOP_DEMANDED, refusedClientAdvice } from "./advice.ts";
import { type ClientSecret, type Malformed, readClientSecret } from "./credential.ts";
import { CONDUCTORONE } from "./decode.ts";
import type { ClientCredentials, ConductorOneSettings } from "./settings.ts";

interface Token {
  header: string;
  /** From then on it is renewed before it is used. `undefined`: until ConductorOne refuses it. */
  renewAtMs: number | undefined;
}

const tokenAnswer = z.looseObject({
  access_token: z
    .string()
    .transform((token) => token.replace(/^bearer\s+/i, "").trim())
    .pipe(z.string().regex(/^[\x21-\x7e]+$/)),
  token_type: z.string().optional().catch(undefined),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
});

const TOKEN_PATH = "/auth/v1/token";
const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/** As ConductorOne's own clients say it: both ends leave room for clocks that differ by two minutes. */
const ASSERTION_LIFE_S = 120;
const TELLING_SKEW_MS = ASSERTION_LIFE_S * 1000;
/** A token is renewed this long before it expires, or after four fifths of a short life. */
const RENEWED_EARLY_MS = 60_000;
/** An old token may still be quoted by a late answer. */
const REMEMBERED_TOKENS = 8;
/** OAuth's answers to a bad client, https://www.rfc-editor.org/rfc/rfc6749#section-5.2; a 404 or 5xx says nothing of it. */
const REFUSALS = new Set([400, 401, 403, 422]);

/** Says how requests to ConductorOne are authorised, https://www.conductorone.com/docs/conductorone-api/authenticate. */
export function createAuthorizer(
  { baseUrl, credentials }: ConductorOneSettings,
  clock: Pick<Clock, "now">,
): Authorizer {
  if (credentials.kind === "access_token") {
    const { token } = credentials;
    const authorize: Authorizer["authorize"] = async (_method, _http, rejected) =>
      rejected === undefined ? `Bearer ${token}` : undefined;
    return { secrets: [token], authorize };
  }
  return clientAuthorizer(credentials, new URL(baseUrl).hostname, clock);
}

/** Callers that need a new token share one request for it: each is an event in the tenant's log. */
function clientAuthorizer(credentials: ClientCredentials, audience: string, clock: Pick<Clock, "now">): Authorizer {
  const secret = readClientSecret(credentials.clientSecret);
  const ownSecrets = [credentials.clientSecret, ...(secret.kind === "key" ? [secret.encoded, secret.key.d] : [])];
  let secrets: readonly string[] = ownSecrets;
  let latestTokens: readonly string[] = [];
  let token: Token | undefined;
  let renewal: Promise<Token> | undefined;

  async function renew(http: PlainHttp): Promise<Token> {
    const form = await tokenForm(credentials, secret, audience, clock, http);
    const renewed = await requestToken(form, credentials, http, clock);
    token = renewed;
    latestTokens = [...latestTokens, renewed.header.slice("Bearer ".length)].slice(-REMEMBERED_TOKENS);
    // A list of its own each time: who holds one may have prepared it for searching.
    secrets = [...ownSecrets, ...latestTokens];
    return renewed;
  }

  return {
    get secrets() {
      return secrets;
    },
    async authorize(_method, http, rejected) {
      const isFresh = token && (token.renewAtMs === undefined || clock.now().getTime() < token.renewAtMs);
      if (token && isFresh && token.header !== rejected) return token.header;
      renewal ??= renew(http).finally(() => {
        renewal = undefined;
      });
      return (await renewal).header;
    },
  };
}

/** What is sent for a token: a signed assertion, so that the key itself never travels; else the secret as documented. */
async function tokenForm(
  { clientId, clientSecret }: ClientCredentials,
  secret: ClientSecret,
  audience: string,
  clock: Pick<Clock, "now">,
  http: PlainHttp,
): Promise<Record<string, string>> {
  const form = { client_id: clientId, grant_type: "client_credentials" };
  switch (secret.kind) {
    case "key": {
      const assertion = await signAssertion(clientId, secret, audience, clock.now()).catch(() => {
        const right = "create a new credential in ConductorOne and set both variables from it";
        throw unusable({ wrong: "holds a key that cannot sign", right }, http);
      });
      return { ...form, client_assertion_type: ASSERTION_TYPE, client_assertion: assertion };
    }
    case "opaque":
      return { ...form, client_secret: clientSecret };
    case "malformed":
      throw unusable(secret, http);
  }
}

/** What is thrown for a secret with which ConductorOne need not be asked. The reason of a failed signature may hold the key. */
function unusable({ wrong, right }: Pick<Malformed, "wrong" | "right">, http: PlainHttp): AuthenticationError {
  const happened = `was not asked: CONDUCTORONE_CLIENT_SECRET ${wrong}`;
  const facts = http.faultsOf({ method: "POST", path: TOKEN_PATH }).nonsense(happened);
  const nextStep = `CONDUCTORONE_CLIENT_SECRET: ${right}.`;
  return new AuthenticationError({ ...facts, nextStep });
}

/** As ConductorOne's own clients do: https://github.com/ConductorOne/conductorone-sdk-go/blob/main/token_source.go */
async function signAssertion(
  clientId: string,
  { key }: Extract<ClientSecret, { kind: "key" }>,
  audience: string,
  now: Date,
): Promise<string> {
  const nowS = Math.floor(now.getTime() / 1000);
  const nonce = randomBytes(16).toString("hex");
  return new SignJWT()
    .setProtectedHeader({ alg: "EdDSA", nonce, ...(key.kid === undefined ? {} : { kid: key.kid }) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience([audience])
    .setIssuedAt(nowS)
    .setNotBefore(nowS - ASSERTION_LIFE_S)
    .setExpirationTime(nowS + ASSERTION_LIFE_S)
    .sign(await importJWK({ ...key }, "EdDSA"));
}

async function requestToken(
  form: Record<string, string>,
  credentials: ClientCredentials,
  http: PlainHttp,
  clock: Pick<Clock, "now">,
): Promise<Token> {
  const request: HttpRequest = { method: "POST", path: TOKEN_PATH, form };
  const askedAtMs = clock.now().getTime();
  const sent = await http.send(request).catch((error) => Promise.reject(asRefusal(error, credentials, http)));
  const answer = tokenAnswer.safeParse(sent);
  if (!answer.success) throw http.faultsOf(request).nonsense("answered a request for a token without an access_token");
  const { access_token, token_type = "Bearer", expires_in } = answer.data;
  if (/^dpop$/i.test(token_type.trim())) {
    const { happened, ...facts } = http.faultsOf(request).nonsense("answered with a token for DPoP");
    throw new AuthenticationError({ ...facts, happened, nextStep: DPOP_DEMANDED });
  }
  const lifeMs = expires_in === undefined ? undefined : expires_in * 1000;
  return {
    header: `Bearer ${access_token}`,
    renewAtMs: lifeMs === undefined ? undefined : askedAtMs + Math.max(lifeMs - RENEWED_EARLY_MS, lifeMs * 0.8),
  };
}

function asRefusal(error: unknown, credentials: ClientCredentials, { clockReading }: PlainHttp): unknown {
  if (!(error instanceof ProviderError) || error.status === undefined || !REFUSALS.has(error.status)) return error;
  if (/\bdpop\b|_dpop_|dpop_/i.test(error.happened))
    return new AuthenticationError({ ...error, nextStep: DPOP_DEMANDED });
  const nextStep = `${skewAdvice(clockReading)}${refusedClientAdvice(credentials)}`;
  return new AuthenticationError({ ...error, nextStep });
}

/** A signed request is good for two minutes around its time: a clock further off than that is the likelier reason. */
function skewAdvice(reading: ClockReading | undefined): string {
  if (!reading || Math.abs(reading.ours.getTime() - reading.theirs.getTime()) <= TELLING_SKEW_MS) return "";
  const { told, mend = "" } = clockFinding(providerName(CONDUCTORONE), reading);
  return `${told} That alone makes ConductorOne refuse what is signed here. ${mend} If the clock is right: `;
}
