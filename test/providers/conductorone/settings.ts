import { createPrivateKey, createPublicKey } from "node:crypto";
import type { ConductorOneSettings } from "../../../src/providers/conductorone/settings.ts";

export const CLIENT_ID = "strange-hydra-68836@acme.conductor.one/pcc";
export const ACCESS_TOKEN = "planted-c1-access-token";

/** What stands before the 32 bytes of an Ed25519 key: https://www.rfc-editor.org/rfc/rfc8410#section-7 */
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");
const privateKey = createPrivateKey({
  key: Buffer.concat([PKCS8_ED25519, Buffer.alloc(32, 7)]),
  format: "der",
  type: "pkcs8",
});

export const PUBLIC_KEY = createPublicKey(privateKey);
export const JWK = privateKey.export({ format: "jwk" });
export const CLIENT_SECRET = secretOf(JWK);

/** A client secret around whatever is given as its key. */
export function secretOf(jwk: unknown): string {
  return `secret-token:conductorone.com:v1:${Buffer.from(JSON.stringify(jwk)).toString("base64url")}`;
}

export function withAccessToken(baseUrl: string): ConductorOneSettings {
  return { baseUrl, credentials: { kind: "access_token", token: ACCESS_TOKEN } };
}

export function withClientCredentials(baseUrl: string, clientSecret = CLIENT_SECRET): ConductorOneSettings {
  return { baseUrl, credentials: { kind: "client_credentials", clientId: CLIENT_ID, clientSecret } };
}
