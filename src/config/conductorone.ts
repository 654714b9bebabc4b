import { z } from "zod";
import { readCredential, readPair } from "./pairs.ts";
import { originUrl } from "./values.ts";
import type { Variables } from "./variables.ts";

/** Which ConductorOne tenant is read, and as whom. */
export interface ConductorOneSettings {
  /** Scheme and host (and port), without a slash at the end. */
  baseUrl: string;
  credentials:
    | { kind: "client_credentials"; clientId: string; clientSecret: string }
    | { kind: "access_token"; token: string };
}

/** `<name>@<host>/<use>`: https://www.conductorone.com/docs/conductorone-api/authenticate */
const CLIENT_ID = /^[^@\s/]{1,128}@([a-z0-9.-]{1,253}(?::\d{1,5})?|\[::1\](?::\d{1,5})?)\/[\w-]{1,64}$/i;

const clientHost = z.string().transform((value, context): string => {
  const host = CLIENT_ID.exec(value)?.[1];
  if (host !== undefined && URL.canParse(`https://${host}`)) return new URL(`https://${host}`).origin;
  context.addIssue({
    code: "custom",
    message: "is no client id; give it whole, such as strange-hydra-68836@acme.conductor.one/pcc.",
  });
  return z.NEVER;
});

/** Reads ConductorOne's variables. `undefined` where none is set, or where they do not suffice, which is noted as faults. */
export function readConductorOne(variables: Variables): ConductorOneSettings | undefined {
  if (!variables.hasAny("CONDUCTORONE_")) return undefined;
  const clientUrl = variables.read("CONDUCTORONE_CLIENT_ID", clientHost, undefined);
  const serverUrl = variables.read("CONDUCTORONE_SERVER_URL", originUrl, undefined);
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
  return baseUrl !== undefined && credentials ? { baseUrl, credentials } : undefined;
}

/** A client id beside an access token needs no secret: it tells the host. */
function readCredentials(variables: Variables): ConductorOneSettings["credentials"] | undefined {
  const accessToken = readCredential(variables, "CONDUCTORONE_ACCESS_TOKEN");
  const hasSecret = variables.value("CONDUCTORONE_CLIENT_SECRET") !== undefined;
  const faultsBefore = variables.faults.length;
  const client =
    accessToken === undefined || hasSecret
      ? readPair(variables, "CONDUCTORONE_CLIENT_ID", "CONDUCTORONE_CLIENT_SECRET")
      : undefined;
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
