import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from "jose";
import { mix, randomFrom } from "../provider/random.ts";
import { type Credentials, TENANT_HOST } from "./credentials.ts";
import { OAuthRefusal, Refusal } from "./refusal.ts";

export interface Access {
  /** @throws Refusal 401 when it is not known who asks, 403 when they may not `need`. */
  check(authorization: string | undefined, need: "read" | "write", nowMs: number): void;
  /** The answer to `POST /auth/v1/token`. @throws OAuthRefusal */
  grant(form: URLSearchParams, asked: Asked): Promise<Record<string, unknown>>;
}

export interface Asked {
  nowMs: number;
  /** Without a proof in a `DPoP` header nothing is granted. */
  wantsDpop: boolean;
  hasDpop: boolean;
  /** Seconds. */
  expiresInSeconds: number;
}

export interface AccessOptions {
  credentials: Credentials;
  seed: number;
  /** Whether everybody may only read. */
  readOnly: boolean;
}

/** `exp` within five minutes: https://www.conductorone.com/docs/conductorone-api/authenticate */
const LONGEST_LIFE_SECONDS = 300;
const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Both documented ways to a token. Tokens really expire, by the clock that is passed in. */
export function createAccess({ credentials, seed, readOnly }: AccessOptions): Access {
  const expiries = new Map<string, number>([[credentials.accessToken, Number.POSITIVE_INFINITY]]);
  let granted = 0;

  return {
    check(authorization, need, nowMs) {
      const [scheme = "", token = ""] = (authorization ?? "").split(" ");
      const expiresAtMs = scheme.toLowerCase() === "bearer" ? expiries.get(token) : undefined;
      if (expiresAtMs === undefined) throw new Refusal(16, "unauthenticated");
      if (expiresAtMs <= nowMs) throw new Refusal(16, "token is expired");
      if (need === "write" && readOnly) throw new Refusal(7, "permission denied");
    },

    async grant(form, { nowMs, wantsDpop, hasDpop, expiresInSeconds }) {
      if (form.get("grant_type") !== "client_credentials") {
        throw new OAuthRefusal(400, "unsupported_grant_type", "grant_type must be client_credentials");
      }
      if (form.get("client_id") !== credentials.clientId) throw invalidClient("client not found");
      const assertion = form.get("client_assertion");
      if (assertion === null) checkSecret(form.get("client_secret"), credentials);
      else await checkAssertion(assertion, form.get("client_assertion_type"), credentials, nowMs);
      if (wantsDpop && !hasDpop) {
        throw new OAuthRefusal(400, "invalid_dpop_proof", "this client requires a DPoP proof");
      }
      granted += 1;
      const token = randomFrom(mix(seed, 5_000 + granted)).text(ALNUM, 64);
      expiries.set(token, nowMs + expiresInSeconds * 1000);
      return { access_token: token, token_type: wantsDpop ? "DPoP" : "Bearer", expires_in: expiresInSeconds };
    },
  };
}

function checkSecret(secret: string | null, credentials: Credentials): void {
  if (secret === null) throw invalidClient("no client secret and no client assertion");
  if (secret !== credentials.clientSecret) throw invalidClient("invalid client secret");
}

async function checkAssertion(
  assertion: string,
  type: string | null,
  { publicKey, clientId }: Credentials,
  nowMs: number,
): Promise<void> {
  if (type !== ASSERTION_TYPE)
    throw new OAuthRefusal(400, "invalid_request", `client_assertion_type must be ${ASSERTION_TYPE}`);
  const payload = await verified(assertion, publicKey, clientId, nowMs);
  if ((payload.exp ?? 0) > nowMs / 1000 + LONGEST_LIFE_SECONDS) throw invalidClient("token_too_long_lived");
  const nonce = decodeProtectedHeader(assertion).nonce ?? payload.nonce;
  if (typeof nonce !== "string" || nonce === "") throw invalidClient("nonce is missing");
}

async function verified(
  assertion: string,
  key: Credentials["publicKey"],
  clientId: string,
  nowMs: number,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: ["EdDSA"],
      issuer: clientId,
      subject: clientId,
      audience: TENANT_HOST,
      currentDate: new Date(nowMs),
      requiredClaims: ["exp"],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw invalidClient("token_too_old");
    if (error instanceof errors.JOSEError) throw invalidClient(`invalid_jwt_format: ${error.message}`);
    throw error;
  }
}

function invalidClient(description: string): OAuthRefusal {
  return new OAuthRefusal(401, "invalid_client", description);
}
