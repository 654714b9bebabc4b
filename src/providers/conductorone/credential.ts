import { createPrivateKey, createPublicKey } from "node:crypto";
import { z } from "zod";

/** The private key inside a client secret: Ed25519, https://www.rfc-editor.org/rfc/rfc8037#section-2. */
export interface SigningKey {
  kty: "OKP";
  crv: "Ed25519";
  x: string;
  d: string;
  kid?: string;
}

/** `wrong`: which part, to be read after the variable's name; `right`: what to do. Neither holds any of the value. */
export interface Malformed {
  kind: "malformed";
  wrong: string;
  right: string;
}

/** What a client secret is. `opaque`: of no known form, to be sent as it is. */
export type ClientSecret = { kind: "key"; key: SigningKey; encoded: string } | { kind: "opaque" } | Malformed;

/** What a client id is. */
export type ClientId = { kind: "whole"; host: string } | Malformed;

const SCHEME = "secret-token";
const ISSUER = "conductorone.com";
const VERSION = "v1";
/** How every client secret begins that ConductorOne is known to give out. */
export const SECRET_PREFIX = `${SCHEME}:${ISSUER}:${VERSION}:`;
const COPY_SECRET = "copy it again, whole, as ConductorOne showed it once";
const GIVE_ID = "give it whole, such as strange-hydra-68836@acme.conductor.one/pcc";
const URL_SCHEME = /^[a-z][a-z\d+.-]*:\/\//i;
/** An Ed25519 key or its public half, 32 bytes. */
const KEY_PART = /^[\w-]{43}$/;

const publicKey = z.looseObject({ kty: z.string() });

/**
 * Reads `<name>@<host>[:<port>]/<use>`, such as `strange-hydra-68836@acme.conductor.one/pcc`. Any host will do: tenants live
 * on more than one domain. https://www.conductorone.com/docs/conductorone-api/authenticate
 */
export function readClientId(value: string): ClientId {
  if (isSecret(value)) return malformedId("is a client secret");
  if (isQuoted(value)) return malformedId("has quotation marks around it");
  if (URL_SCHEME.test(value)) return malformedId("begins with a scheme, such as https://, which is no part of it");
  const [name = "", ...afterName] = value.split("@");
  if (afterName.length === 0) return malformedId("has no @ with a host after it");
  if (afterName.length > 1) return malformedId("has more than one @");
  if (!/^[^\s/]{1,128}$/.test(name)) return malformedId("has no name before the @");
  if (URL_SCHEME.test(afterName[0] ?? "")) return malformedId("has a scheme, such as https://, before its host");
  const [host = "", ...uses] = (afterName[0] ?? "").split("/");
  if (!/^(?:[a-z0-9.-]{1,253}|\[::1\])(?::\d{1,5})?$/i.test(host) || !URL.canParse(`https://${host}`))
    return malformedId("has no host after the @");
  const { hostname, host: normal } = new URL(`https://${host}`);
  if (!/^(?:.+\..+|localhost|\[::1\])$/.test(hostname)) return malformedId("has a host without its domain after the @");
  if (!uses.some((use) => use !== "")) return malformedId("lacks its end, /pcc, /spc or the like");
  if (uses.length > 1) return malformedId("has a path after its host, where only /pcc, /spc or the like belongs");
  if (!uses.every((use) => /^[\w-]{1,64}$/.test(use))) return malformedId("has an end that is none, after the host");
  return { kind: "whole", host: normal };
}

/**
 * Reads `secret-token:conductorone.com:v1:<base64url of a JWK>`. What is known to be another thing, or has some of this form, is
 * told which part is wrong. What has nothing of it is `opaque`: the form post is documented for any secret, and should there be
 * another kind, a refusal to use it would lock its owner out, while a try costs one request to the tenant's own host.
 */
export function readClientSecret(value: string): ClientSecret {
  if (isQuoted(value)) return malformed("has quotation marks around it");
  if (isToken(value)) return malformed("is an access token or another signed token, no client secret", USE_AS_TOKEN);
  if (value.startsWith("{"))
    return malformed(`is a bare JWK: it lacks its prefix, ${SECRET_PREFIX}, and is not encoded`);
  if (readClientId(value).kind === "whole") return malformed("is a client id", "set the secret that was shown with it");
  const [scheme = "", issuer, version, encoded, ...more] = value.split(":");
  if (issuer === undefined) {
    const lacksPrefix = scheme === SCHEME || isEncodedJson(scheme);
    return lacksPrefix ? malformed(`lacks its prefix, ${SECRET_PREFIX}`) : { kind: "opaque" };
  }
  if (scheme !== SCHEME || issuer !== ISSUER) return malformed(`has another prefix than ${SCHEME}:${ISSUER}:`);
  if (version !== VERSION) return malformed(`has another version than ${VERSION} after its prefix, or none`);
  if (encoded === undefined || encoded === "") return malformed(`ends after ${VERSION}: the key itself is missing`);
  if (isToken(encoded)) return malformed("has a signed token where its key belongs");
  if (more.length > 0 || !/^[\w+/-]+={0,2}$/.test(encoded)) return malformed("has a last part that is not base64");
  return readKey(encoded);
}

const USE_AS_TOKEN =
  "set the secret that was shown with the client id, or, if it is an access token, move it to CONDUCTORONE_ACCESS_TOKEN";

/** Whether it begins as only a client secret does. */
export function isSecret(value: string): boolean {
  return value.startsWith(`${SCHEME}:`);
}

/** A signed or encrypted token: parts with dots between them, the first one JSON. https://www.rfc-editor.org/rfc/rfc7519#section-3 */
function isToken(value: string): boolean {
  return /^(?:bearer\s+)?eyJ[^.:]*\./i.test(value);
}

/** Also where it is cut short: `eyJ` is how `{"` begins in base64. */
function isEncodedJson(value: string): boolean {
  return value.startsWith("eyJ") || typeof readJson(value) === "object";
}

function isQuoted(value: string): boolean {
  return /^["'`]/.test(value);
}

function readKey(encoded: string): ClientSecret {
  const jwk = publicKey.safeParse(readJson(encoded));
  if (!jwk.success) return malformed("has a last part that holds no JWK, so it is cut short or altered");
  const { kty, crv, x, d, kid } = jwk.data;
  if (kty !== "OKP" || crv !== "Ed25519") return malformed("holds a key that is not an Ed25519 one");
  if (d === undefined || d === null || d === "") return malformed("holds a key without its private part");
  if (!isKeyPart(d) || !isKeyPart(x)) return malformed("holds an Ed25519 key whose parts are not 32 bytes long");
  const key: SigningKey = { kty, crv, x, d, ...(typeof kid === "string" ? { kid } : {}) };
  if (!isPair(key)) return malformed("holds a key whose two halves do not belong together");
  return { kind: "key", encoded, key };
}

/** Whether the public half is that of the private one: nothing can be signed with a key of two others' halves. */
function isPair({ kty, crv, x, d }: SigningKey): boolean {
  try {
    const derived = createPublicKey(createPrivateKey({ key: { kty, crv, x, d }, format: "jwk" }));
    const told = createPublicKey({ key: { kty, crv, x }, format: "jwk" });
    return derived.equals(told);
  } catch {
    return false;
  }
}

function isKeyPart(value: unknown): value is string {
  return typeof value === "string" && KEY_PART.test(value);
}

/** Both alphabets and missing padding are taken: secrets are passed on by many hands. */
function readJson(base64: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
}

function malformedId(wrong: string): Malformed {
  return { kind: "malformed", wrong, right: GIVE_ID };
}

function malformed(wrong: string, right = COPY_SECRET): Malformed {
  return { kind: "malformed", wrong, right };
}
