import type { Evidence } from "./evidence.ts";
import { readGeneral } from "./general.ts";
import { recognise } from "./platforms/recognise.ts";
import type { Reading } from "./reading.ts";
import { codeOfSender } from "./sender-words.ts";
import { namedCode } from "./transport/named-code.ts";
import { readTransport } from "./transport/read-transport.ts";
import { beforeDocument } from "./unwrap.ts";

const NO_ANSWER = { body: { kind: "none", lines: [], fields: [], raw: "" }, isUnwrapped: false } as const;

/** Goes up with every change that may give an attempt another cause. */
export const RULES_VERSION = 1;

/**
 * Why an attempt failed. What a platform is known for is surest; then what client libraries say where nothing was answered; then the
 * general path, which takes everything. Pure and total; its time is bounded whatever the size of the evidence.
 */
export function readCause(evidence: Evidence): Reading {
  const { errorMessage } = evidence;
  // Some senders log the receiver's code in a sentence only.
  const statusCode =
    evidence.statusCode ?? namedCode(errorMessage) ?? codeOfSender(beforeDocument(errorMessage) ?? errorMessage);
  const known = statusCode === undefined ? evidence : { ...evidence, statusCode };
  // The words around an answer that was logged may be a platform's own.
  const recognised = recognise(known) ?? (known.isUnwrapped ? recognise({ ...known, ...NO_ANSWER }) : undefined);
  if (recognised) return recognised;
  return readWords(known) ?? readGeneral(known);
}

/** What the sender's side says where the receiver said nothing. */
function readWords({ statusCode, errorMessage, body }: Evidence): Reading | undefined {
  if (statusCode === undefined) return readTransport(errorMessage);
  if (statusCode !== PROXY_REFUSES) return undefined;
  // The sender's proxy asks for credentials with it, or keeps to its rules: https://github.com/stripe/smokescreen
  const told = readTransport(errorMessage) ?? readTransport(body.raw);
  return told?.id === "proxy-address-not-allowed" ? told : undefined;
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-15.5.8 */
const PROXY_REFUSES = 407;
