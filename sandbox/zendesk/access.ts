import { mix, randomFrom } from "../provider/random.ts";
import { Refusal } from "./refusal.ts";

/** Who may ask. */
export interface Credentials {
  accessToken: string;
  email: string;
  apiToken: string;
  clientId: string;
  clientSecret: string;
}

/** What the sandbox takes when it is told nothing else. */
export const SANDBOX_CREDENTIALS: Credentials = {
  accessToken: "sandbox-access-token",
  email: "bot@hooktriage.example",
  apiToken: "sandbox-api-token",
  clientId: "hooktriage",
  clientSecret: "sandbox-client-secret",
};

/** All three ways to prove who one is. Tokens really expire, by the clock that is passed in. */
export interface Access {
  /** @throws Refusal 401 when it is not known who asks, 403 when they may not `need`. */
  check(authorization: string | undefined, need: "read" | "write", nowMs: number): void;
  /** The answer to POST /oauth/tokens. @throws Refusal */
  grant(body: unknown, nowMs: number): Record<string, unknown>;
}

interface Token {
  scopes: ReadonlySet<string>;
  expiresAtMs: number;
}

const ALL_SCOPES: ReadonlySet<string> = new Set(["read", "write"]);
const DEFAULT_EXPIRES_IN_SECONDS = 1_800;

export function createAccess(credentials: Credentials, seed: number): Access {
  const tokens = new Map<string, Token>([
    [credentials.accessToken, { scopes: ALL_SCOPES, expiresAtMs: Number.POSITIVE_INFINITY }],
  ]);
  const basic = Buffer.from(`${credentials.email}/token:${credentials.apiToken}`).toString("base64");
  let granted = 0;

  function scopesOf(authorization: string | undefined, nowMs: number): ReadonlySet<string> {
    const [scheme = "", value = ""] = (authorization ?? "").split(" ");
    if (scheme.toLowerCase() === "basic" && value === basic) return ALL_SCOPES;
    const token = scheme.toLowerCase() === "bearer" ? tokens.get(value) : undefined;
    if (!token) throw new Refusal(401, { error: "Couldn't authenticate you" });
    if (token.expiresAtMs <= nowMs) throw expiredToken();
    return token.scopes;
  }

  return {
    check(authorization, need, nowMs) {
      const scopes = scopesOf(authorization, nowMs);
      if (scopes.has(need) || scopes.has(`webhooks:${need}`)) return;
      throw new Refusal(403, {
        error: "Forbidden",
        description: "You do not have access to this page. Please contact the account owner of this help desk.",
      });
    },

    grant(body, nowMs) {
      const asked = readGrant(body);
      if (asked.clientId !== credentials.clientId || asked.clientSecret !== credentials.clientSecret) {
        throw new Refusal(401, {
          error: "invalid_client",
          error_description:
            "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.",
        });
      }
      granted += 1;
      const accessToken = randomFrom(mix(seed, granted)).text("0123456789abcdef", 64);
      tokens.set(accessToken, {
        scopes: new Set(asked.scope.split(" ")),
        expiresAtMs: nowMs + asked.expiresInSeconds * 1000,
      });
      return {
        access_token: accessToken,
        token_type: "bearer",
        scope: asked.scope,
        expires_in: asked.expiresInSeconds,
      };
    },
  };
}

export function expiredToken(): Refusal {
  return new Refusal(401, {
    error: "invalid_token",
    error_description: "The access token provided is expired, revoked, malformed or invalid for other reasons.",
  });
}

interface Grant {
  clientId: string;
  clientSecret: string;
  scope: string;
  expiresInSeconds: number;
}

/** Lifetimes: https://developer.zendesk.com/documentation/api-basics/authentication/oauth-migration/ */
function readGrant(body: unknown): Grant {
  const fields = typeof body === "object" && body !== null ? new Map(Object.entries(body)) : new Map();
  if (fields.get("grant_type") !== "client_credentials") {
    throw new Refusal(400, {
      error: "unsupported_grant_type",
      error_description: "The authorization grant type is not supported by the authorization server.",
    });
  }
  const expiresInSeconds = fields.get("expires_in") ?? DEFAULT_EXPIRES_IN_SECONDS;
  if (typeof expiresInSeconds !== "number" || expiresInSeconds <= 300 || expiresInSeconds >= 172_800) {
    throw new Refusal(400, {
      error: "invalid_request",
      error_description: "expires_in must be more than 300 and less than 172800",
    });
  }
  return {
    clientId: String(fields.get("client_id") ?? ""),
    clientSecret: String(fields.get("client_secret") ?? ""),
    scope: String(fields.get("scope") ?? "read"),
    expiresInSeconds,
  };
}
