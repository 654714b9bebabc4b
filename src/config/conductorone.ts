import { z } from "zod";
import { readClientId, readClientSecret } from "../providers/conductorone/credential.ts";
import type { ConductorOneCredentials, ConductorOneSettings } from "../providers/conductorone/settings.ts";
import { readCredential, readPair } from "./pairs.ts";
import { originUrl } from "./values.ts";
import type { Variables } from "./variables.ts";

const clientHost = z.string().transform((value, context): string => {
  const read = readClientId(value);
  if (read.kind === "whole") return new URL(`https://${read.host}`).origin;
  const message = `is no client id: it ${read.wrong}; give it whole, such as strange-hydra-68836@acme.conductor.one/pcc.`;
  context.addIssue({ code: "custom", message });
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

/** Reads ConductorOne's variables. `undefined` where none is set, or where they do not suffice, which is noted as faults. */
export function readConductorOne(variables: Variables): ConductorOneSettings | undefined {
  if (!variables.hasAny("CONDUCTORONE_")) return undefined;
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
  if (baseUrl === undefined || !credentials) return undefined;
  return { baseUrl, credentials, ...(path === undefined ? {} : { instancesPath: path }) };
}

/** A client id beside an access token needs no secret: it tells the host. */
function readCredentials(variables: Variables): ConductorOneCredentials | undefined {
  const accessToken = readCredential(variables, "CONDUCTORONE_ACCESS_TOKEN");
  const hasSecret = variables.value("CONDUCTORONE_CLIENT_SECRET") !== undefined;
  const faultsBefore = variables.faults.length;
  const client =
    accessToken === undefined || hasSecret
      ? readPair(variables, "CONDUCTORONE_CLIENT_ID", "CONDUCTORONE_CLIENT_SECRET")
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
  variables.fault("CONDUCTORONE_CLIENT_SECRET", read.wrong, "copy it again, whole, as ConductorOne showed it once");
}
