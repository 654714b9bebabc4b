import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { mix, randomFrom } from "../provider/random.ts";

/** Who may ask. */
export interface Credentials {
  /** `<name>@<host>/<use>`: https://www.conductorone.com/docs/conductorone-api/authenticate */
  clientId: string;
  /** `secret-token:conductorone.com:v1:<base64url of a private JWK>`. */
  clientSecret: string;
  /** The half of the key that the tenant keeps. */
  publicKey: KeyObject;
  /** A bearer token that never expires. */
  accessToken: string;
}

/** The host that client assertions are for: the client id's, without a port. */
export const TENANT_HOST = "127.0.0.1";

/** The same seed makes the same credentials. They are good for this sandbox alone. */
export function credentialsOf(seed: number): Credentials {
  const random = randomFrom(mix(seed, 31));
  const raw = Buffer.from(Array.from({ length: 32 }, () => random.int(0, 255)));
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, raw]), format: "der", type: "pkcs8" });
  const { kty, crv, x, d } = privateKey.export({ format: "jwk" });
  const jwk = Buffer.from(JSON.stringify({ kty, crv, x, d })).toString("base64url");
  return {
    clientId: `dusty-heron-40417@${TENANT_HOST}/spc`,
    clientSecret: `secret-token:conductorone.com:v1:${jwk}`,
    publicKey: createPublicKey(privateKey),
    accessToken: "sandbox-conductorone-token",
  };
}

/** What stands before the 32 bytes: https://www.rfc-editor.org/rfc/rfc8410#section-7 */
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");
