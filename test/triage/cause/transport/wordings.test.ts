import { describe, expect, it } from "vitest";
import { readTransport } from "../../../../src/triage/cause/transport/read-transport.ts";
import { RARER_CONNECTIONS } from "./rarer-connections.ts";
import { RARER_REQUESTS } from "./rarer-requests.ts";
import { RARER_SENDERS } from "./rarer-senders.ts";
import { RARER_TIMES_AND_TLS } from "./rarer-times.ts";
import { SENDER_SENTENCES } from "./sentences-of-senders.ts";
import { CONNECTION_WORDINGS } from "./wordings-connections.ts";
import { REQUEST_WORDINGS } from "./wordings-requests.ts";
import { SENDER_WORDINGS } from "./wordings-sender.ts";
import { TLS_WORDINGS } from "./wordings-tls.ts";

const TABLES: readonly Readonly<Record<string, readonly string[]>>[] = [
  CONNECTION_WORDINGS,
  SENDER_WORDINGS,
  REQUEST_WORDINGS,
  TLS_WORDINGS,
  RARER_CONNECTIONS,
  RARER_REQUESTS,
  RARER_SENDERS,
  RARER_TIMES_AND_TLS,
  SENDER_SENTENCES,
];
const WORDINGS = TABLES.flatMap((table) => Object.entries(table));

describe("one cause in many words", () => {
  it.each(WORDINGS)("%s", (id, texts) => {
    const told = texts.map((text) => [text, readTransport(text)?.id]);
    expect(told).toEqual(texts.map((text) => [text, id]));
  });
});
