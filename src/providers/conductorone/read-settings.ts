import { z } from "zod";
import { readCredential, readPair } from "../../config/read/pairs.ts";
import { originUrl } from "../../config/read/values.ts";
import type { Variables } from "../../config/read/variables.ts";
import { isSecret, readClientId, readClientSecret } from "./credential.ts";
import type { ConductorOneCredentials, ConductorOneSettings } from "./settings.ts";

const clientHost = z.string().transform((value, context): string => {
  const read = readClientId(value);
  if (read.kind === "whole") return new URL(`https://${read.host}`).origin;
  context.addIssue({ code: "custom", message: `is no client id: it ${read.wrong}; ${read.right}.` });
  return z.NEVER;
});

/** A path below `/api/v1`, which may be given with that. */
const instancesPath = z.string().transform((value, context): string => {
  const path = value.replace(/^\/api\/v1(?=\/)/, "");
  const segments = path.split("/").slice(1);
  const isPath = path.startsWith("/") && segments.every((segment) => /^(?:[\w-]+|\{webhookId\})$/.test(segment));
  if (isPath && segments.filter((segment) => segment === "{webhookId}").length === 1) return path;
  const message = "is no path with {webhookId} in it; give one below /api/v1, such as /webhooks/{webhookId}/instances.";
  context.addIssue({ code: "custom", message });
  return z.NEVER;
});

/**
 * Reads ConductorOne's variables, of which one is set. `undefined` where they do not suffice, and where any of them has a fault, which
 * is noted: credentials are sent nowhere on a guess.
 */
export function readConductorOne(variables: Variables): ConductorOneSettings | undefined {
  const faultsBefore = variables.faults.length;
  const clientUrl = variables.read("CONDUCTORONE_CLIENT_ID", clientHost, undefined);
  const serverUrl = variables.read("CONDUCTORONE_SERVER_URL", originUrl, undefined);
  const path = variables.read("CONDUCTORONE_INSTANCES_PATH", instancesPath, undefined);
  const credentials = readCredentials(variables);
  const baseUrl = serverUrl ?? clientUrl;
  const isHostKnown = ["CONDUCTORONE_SERVER_URL", "CONDUCTORONE_CLIENT_ID"].some(
    (name) => variables.value(name) !== undefined,
  );
  if (!isHostKnown && credentials) {
    variables.fault(
      "CONDUCTORONE_SERVER_URL",
      "missing",
      "give the tenant's address, such as https://acme.conductor.one",
    );
  }
  if (baseUrl === undefined || !credentials || variables.faults.length > faultsBefore) return undefined;
  return { baseUrl, credentials, ...(path === undefined ? {} : { instancesPath: path }) };
}

/** A client id beside an access token needs no secret: it tells the host. */
function readCredentials(variables: Variables): ConductorOneCredentials | undefined {
  const accessToken = readCredential(variables, "CONDUCTORONE_ACCESS_TOKEN");
  if (accessToken !== undefined && isSecret(accessToken)) {
    const right = "move it to CONDUCTORONE_CLIENT_SECRET, beside CONDUCTORONE_CLIENT_ID";
    variables.fault("CONDUCTORONE_ACCESS_TOKEN", "holds a client secret, which is no access token", right);
  }
  const hasSecret = variables.value("CONDUCTORONE_CLIENT_SECRET") !== undefined;
  const faultsBefore = variables.faults.length;
  const client =
    accessToken === undefined || hasSecret
      ? readPair(variables, "CONDUCTORONE_CLIENT_ID", "CONDUCTORONE_CLIENT_SECRET", MENDS_OF_HALVES)
      : undefined;
  if (client) noteMalformedSecret(variables, client.second);
  if (client) return { kind: "client_credentials", clientId: client.first, clientSecret: client.second };
  if (accessToken !== undefined) return { kind: "access_token", token: accessToken };
  if (variables.faults.length === faultsBefore) {
    variables.fault(
      "CONDUCTORONE_CLIENT_ID",
      "no credentials for ConductorOne",
      "give it with CONDUCTORONE_CLIENT_SECRET, or CONDUCTORONE_ACCESS_TOKEN",
    );
  }
  return undefined;
}

/** The part is told, never the value. */
function noteMalformedSecret(variables: Variables, secret: string): void {
  const read = readClientSecret(secret);
  if (read.kind !== "malformed" || /\s/.test(secret)) return;
  variables.fault("CONDUCTORONE_CLIENT_SECRET", read.wrong, read.right);
}

/** A secret is shown once: whoever has not kept it needs another. https://www.conductorone.com/docs/conductorone-api/api */
const MENDS_OF_HALVES = {
  first:
    "set the client id that ConductorOne showed with the secret, such as strange-hydra-68836@acme.conductor.one/pcc",
  second:
    "set the secret that was shown once with the client id, or create a new credential in ConductorOne, under API keys in your profile menu, and set both",
};
