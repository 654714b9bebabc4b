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

/** What a client secret is. `opaque`: no key, to be sent as it is. `malformed`: which part, as a phrase without the value. */
export type ClientSecret =
  | { kind: "key"; key: SigningKey; encoded: string }
  | { kind: "opaque" }
  | { kind: "malformed"; wrong: string };

/** What a client id is. */
export type ClientId = { kind: "whole"; host: string } | { kind: "malformed"; wrong: string };

const SCHEME = "secret-token";
const ISSUER = "conductorone.com";
const VERSION = "v1";
/** An Ed25519 key or its public half, 32 bytes. */
const KEY_PART = /^[\w-]{43}$/;

const publicKey = z.looseObject({ kty: z.string() });

/**
 * Reads `<name>@<host>[:<port>]/<use>`, such as `strange-hydra-68836@acme.conductor.one/pcc`. Any host will do: tenants live
 * on more than one domain. https://www.conductorone.com/docs/conductorone-api/authenticate
 */
export function readClientId(value: string): ClientId {
  const [name = "", ...afterName] = value.split("@");
  if (afterName.length === 0) return malformed("has no @ with a host after it");
  if (afterName.length > 1) return malformed("has more than one @");
  if (!/^[^\s/]{1,128}$/.test(name)) return malformed("has no name before the @");
  const [host = "", ...uses] = (afterName[0] ?? "").split("/");
  if (!/^(?:[a-z0-9.-]{1,253}|\[::1\])(?::\d{1,5})?$/i.test(host) || !URL.canParse(`https://${host}`))
    return malformed("has no host after the @");
  if (!uses.some((use) => use !== "")) return malformed("lacks its end, /pcc, /spc or the like");
  if (!uses.every((use) => /^[\w-]{1,64}$/.test(use))) return malformed("has an end that is none, after the host");
  return { kind: "whole", host: new URL(`https://${host}`).host };
}

/**
 * Reads `secret-token:conductorone.com:v1:<base64url of a JWK>`. What has nothing of this form is taken for a secret of another
 * kind, which the documented form post takes as well; what has some of it is told which part is wrong.
 */
export function readClientSecret(value: string): ClientSecret {
  const [scheme = "", issuer, version, encoded, ...more] = value.split(":");
  if (issuer === undefined) {
    const lacksPrefix = scheme === SCHEME || readJson(scheme) !== undefined;
    return lacksPrefix ? malformed(`lacks its prefix, ${SCHEME}:${ISSUER}:${VERSION}:`) : { kind: "opaque" };
  }
  if (scheme !== SCHEME || issuer !== ISSUER) return malformed(`has another prefix than ${SCHEME}:${ISSUER}:`);
  if (version !== VERSION) return malformed(`has another version than ${VERSION} after its prefix, or none`);
  if (encoded === undefined || encoded === "") return malformed(`ends after ${VERSION}: the key itself is missing`);
  if (more.length > 0 || !/^[\w+/-]+={0,2}$/.test(encoded)) return malformed("has a last part that is not base64");
  return readKey(encoded);
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

function malformed(wrong: string): { kind: "malformed"; wrong: string } {
  return { kind: "malformed", wrong };
}
