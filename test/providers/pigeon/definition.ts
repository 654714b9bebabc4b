import { z } from "zod";
import { readCredential } from "../../../src/config/read/pairs.ts";
import { originUrl } from "../../../src/config/read/values.ts";
import type { CreateParts, ProviderDefinition } from "../../../src/providers/definition.ts";
import { type Authorizer, createHttpClient } from "../../../src/providers/http.ts";
import type { Provider } from "../../../src/providers/provider.ts";
import { redactText } from "../../../src/triage/redact.ts";

const PIGEON = "pigeon";
const DAY_MS = 24 * 60 * 60_000;

interface PigeonSettings {
  baseUrl: string;
  keeper: string;
  key: string;
}

/** A provider of which nothing but this folder knows: one loft, whose flights are its invocations. */
export const pigeon: ProviderDefinition<PigeonSettings> = {
  secrets: [{ name: "PIGEON_KEY", basic: { user: "PIGEON_KEEPER" } }],
  readSettings(variables) {
    const baseUrl = variables.read("PIGEON_URL", originUrl, undefined);
    const keeper = variables.value("PIGEON_KEEPER") ?? "nobody";
    const key = readCredential(variables, "PIGEON_KEY");
    if (variables.value("PIGEON_URL") === undefined)
      variables.fault("PIGEON_URL", "missing", "give the loft's address");
    if (key === undefined) variables.fault("PIGEON_KEY", "missing", "give the key of the loft");
    return baseUrl === undefined || key === undefined ? undefined : { baseUrl, keeper, key };
  },
  create: createPigeonProvider,
};

const flights = z.array(
  z.object({ id: z.string(), back: z.boolean(), at: z.iso.datetime().transform((text) => new Date(text)) }),
);

function createPigeonProvider({ baseUrl, keeper, key }: PigeonSettings, parts: CreateParts): Provider {
  const basic = Buffer.from(`${keeper}:${key}`).toString("base64");
  const authorizer: Authorizer = {
    secrets: [key, basic],
    authorize: async (_method, _http, rejected) => (rejected === undefined ? `Basic ${basic}` : undefined),
  };
  const advice = {
    authentication: "Check PIGEON_KEY.",
    permission: "Ask the keeper.",
    not_found: "It has flown.",
    wrong_address: "Check PIGEON_URL.",
    rate_limited: "Wait.",
    unavailable: "Look for a hawk.",
    unexpected_answer: "Check PIGEON_URL.",
  };
  const http = createHttpClient({ provider: PIGEON, baseUrl, authorizer, advice, ...parts });
  const readFlights = async (signal: AbortSignal) =>
    flights.parse(await http.send({ method: "GET", path: "/flights" }, { signal }));

  return {
    id: PIGEON,
    account: baseUrl,
    capabilities: {
      attemptDetail: "timeline",
      testDelivery: false,
      redelivery: false,
      statuses: ["back", "lost"],
      retentionDays: 7,
      retryPolicy: "A pigeon flies once.",
    },
    spareRequests: Number.POSITIVE_INFINITY,
    get requestCount() {
      return http.requestCount;
    },
    get rateLimit() {
      return http.rateLimit;
    },
    async *listWebhooks() {
      yield { provider: PIGEON, id: "loft", name: "Loft", active: true, eventTypes: [] };
    },
    async *listInvocations({ window }, signal) {
      const rows = await readFlights(signal);
      const invocations = rows.map(({ id, back, at }) => ({
        provider: PIGEON,
        webhookId: "loft",
        id,
        status: back ? "back" : "lost",
        outcome: back ? ("succeeded" as const) : ("failed" as const),
        createdAt: at,
      }));
      yield { invocations, covered: window };
    },
    createdAtOf: () => undefined,
    async listAttempts({ id }, signal) {
      const flight = (await readFlights(signal)).find((row) => row.id === id);
      if (!flight) return [];
      const { text, maskedCount } = redactText("A hawk took it.", { knownSecrets: authorizer.secrets });
      const status = flight.back ? "back" : "lost";
      const outcome = flight.back ? "succeeded" : "failed";
      return [{ invocationId: id, index: 0, status, outcome, startedAt: flight.at, errorMessage: text, maskedCount }];
    },
    async check(signal) {
      await readFlights(signal);
      return { ok: true, detail: `Reads the flights of ${baseUrl}.` };
    },
  };
}

/** What the keeper's book says. */
export function flightsAt(now: Date): { id: string; back: boolean; at: string }[] {
  const at = new Date(now.getTime() - DAY_MS / 2).toISOString();
  return [
    { id: "brave", back: true, at },
    { id: "late", back: false, at },
  ];
}
