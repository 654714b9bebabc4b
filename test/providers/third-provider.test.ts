import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCollector } from "../../src/collect/collector.ts";
import { askFailures } from "../../src/collect/questions.ts";
import { readConfigFor } from "../../src/config.ts";
import { createLog } from "../../src/ops/log.ts";
import { createDefined, DEFINITIONS } from "../../src/providers/registry.ts";
import type { Store } from "../../src/store/database.ts";
import { windowOf } from "../../src/triage/window.ts";
import { openEmptyStore } from "../store/databases.ts";
import { answerJson, type Loopback, startLoopback } from "./loopback.ts";
import { flightsAt, pigeon } from "./pigeon/definition.ts";

const NOW = new Date("2026-11-21T08:00:00Z");
const DAY_MS = 24 * 60 * 60_000;
const KEY = "coo-coo-rattling-key";
const BASIC = Buffer.from(`anna:${KEY}`).toString("base64");

/** The registry with one definition more: nothing else in the house has heard of it. */
const definitions = { ...DEFINITIONS, pigeon };

describe("a third provider, added by its definition alone", () => {
  let store: Store;
  let loft: Loopback;

  beforeAll(async () => {
    store = await openEmptyStore("PGlite");
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    loft = await startLoopback((_request, response) => answerJson(response, flightsAt(NOW)));
  });
  afterEach(() => loft.close());

  function env() {
    return { PIGEON_URL: loft.url, PIGEON_KEEPER: "anna", PIGEON_KEY: KEY };
  }

  it("is configured from the environment, and answers a question", async () => {
    const { config, faults } = readConfigFor(definitions, env(), "cli");
    expect(faults).toEqual([]);
    expect(config.pigeon).toEqual({ baseUrl: loft.url, keeper: "anna", key: KEY });

    const lines: string[] = [];
    const log = createLog({
      level: "debug",
      secrets: config.secrets,
      destination: { write: (line) => lines.push(line) },
    });
    const now = () => NOW;
    const providers = createDefined(definitions, config, { log, now });
    const collector = createCollector({ store, providers, now, log });
    const query = { words: [], terms: [], window: windowOf(NOW.getTime() - DAY_MS, NOW.getTime()) };
    const question = { query, now: NOW, maxAgeMs: 0, evidence: "all" } as const;
    const { answer, faults: unread } = await askFailures(collector, question, AbortSignal.timeout(5_000));

    expect(unread).toEqual([]);
    expect(answer.coverage).toMatchObject([{ provider: "pigeon", webhookId: "loft", state: "complete" }]);
    expect(answer.issues).toMatchObject([{ webhook: { provider: "pigeon", name: "Loft" }, count: 1 }]);
    expect(loft.requests[0]?.headers.authorization).toBe(`Basic ${BASIC}`);
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ msg: "asked a provider", provider: "pigeon", request: "GET /flights", outcome: "ok" }),
    );
  });

  it("has its secret masked in the log, in each form in which it travels", () => {
    const { config } = readConfigFor(definitions, env(), "cli");
    let written = "";
    const log = createLog({
      level: "info",
      secrets: config.secrets,
      destination: { write: (line) => (written += line) },
    });
    log.warn({ said: `the keeper's ${KEY}`, err: new Error(`no loft for ${BASIC}`) }, `flew with ${KEY}`);
    expect(written).toContain("flew with");
    expect(written).not.toContain(KEY);
    expect(written).not.toContain(BASIC);
  });

  it("has its faults told with all others, and without its secret", () => {
    const { config, faults } = readConfigFor(
      definitions,
      { PIGEON_URL: `http://${KEY}.example.com`, PIGEON_KEY: KEY, ZENDESK_SUBDOMAIN: "acme", LOG_LEVEL: "loud" },
      "cli",
    );
    expect(faults).toMatchObject(
      [/^ZENDESK_OAUTH_CLIENT_ID: /, /^PIGEON_URL: is not encrypted/, /^LOG_LEVEL: /].map((re) =>
        expect.stringMatching(re),
      ),
    );
    expect(faults.join("\n")).not.toContain(KEY);
    expect(config.pigeon).toBeUndefined();
  });

  it("is named where no provider is set up", () => {
    expect(readConfigFor(definitions, {}, "cli").faults).toEqual([
      "ZENDESK_SUBDOMAIN: no provider is configured; set Zendesk's variables, or ConductorOne's, or pigeon's, or several.",
    ]);
  });
});
