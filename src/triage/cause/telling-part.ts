import type { BodyField, BodyReading } from "./body/read-body.ts";
import { isStatusText, productOf, serverOf } from "./boilerplate.ts";
import type { Evidence } from "./evidence.ts";
import type { TellingPlace } from "./reading.ts";
import { isOfSender } from "./sender-words.ts";
import { tellingFields } from "./telling-fields.ts";
import { roleOf } from "./telling-keys.ts";
import { tellingLines } from "./telling-lines.ts";

/** A field of what was sent, and what is said to be wrong with it. */
export interface Fault {
  field: string;
  sentence: string;
}

/** The part of an answer that tells why it failed. */
export interface TellingPart {
  place: TellingPlace;
  /** What programs switch on: error codes, classes, names of rules. */
  codes: readonly string[];
  /** What people read, the most telling first. What varies is not masked yet. */
  sentences: readonly string[];
  faults: readonly Fault[];
  /** Of a page that says no more than its status: how it says so. */
  generic?: readonly string[];
  /** The server that a page names at its foot, or a header. */
  product?: string;
  /** The most telling line, as it came. */
  text: string;
}

const LONGEST_MESSAGE = 1_200;

/** Looks at the body first, then at what the sender logged, then at the headers. `code` when nothing tells more than the status code. */
export function tellingPartOf({ statusCode, headers, body, isUnwrapped, errorMessage }: Evidence): TellingPart {
  const ofBody = partOfBody(body, statusCode);
  if (ofBody && !isGeneric(ofBody, statusCode)) return isUnwrapped ? { ...ofBody, place: "error" } : ofBody;
  const message = errorMessage.slice(0, LONGEST_MESSAGE).replace(/\s+/g, " ").trim();
  if (!isUnwrapped && message !== "" && !isOfSender(message, statusCode)) {
    const logged = fieldsOfLog(message);
    const told = logged && tellingFields(logged);
    if (told) return { ...told, place: "error" };
    return { place: "error", codes: [], sentences: [message], faults: [], text: message };
  }
  const server = headers.get("server");
  const product = ofBody?.product ?? (ofBody ? undefined : serverBehind(body, server, statusCode));
  // A page that says no more than its code is told from others by who serves it and in what form.
  if (ofBody)
    return {
      ...ofBody,
      generic: [...(ofBody.generic ?? ofBody.sentences), ...shapeOf(body), ...(body.kind === "html" ? ["page"] : [])],
      ...(product === undefined ? {} : { product }),
    };
  if (product !== undefined && server !== undefined)
    return { place: "header", codes: [], sentences: [], faults: [], generic: [], product, text: `server: ${server}` };
  return { place: "code", codes: [], sentences: [], faults: [], generic: [], text: "" };
}

function partOfBody(body: BodyReading, statusCode: number | undefined): TellingPart | undefined {
  if (body.kind === "none" || body.kind === "binary") return undefined;
  if (body.kind === "json" || body.kind === "xml") return tellingFields(body.fields);
  const [line] = body.lines;
  const logged = body.kind === "text" && body.lines.length === 1 && line ? fieldsOfLog(line.text) : undefined;
  return logged ? tellingFields(logged) : tellingLines(body, statusCode);
}

/** The server that a header names, where the form of the body does not tell more of who made it. */
function serverBehind(
  body: BodyReading,
  server: string | undefined,
  statusCode: number | undefined,
): string | undefined {
  if (server === undefined || body.kind === "json" || body.kind === "xml") return undefined;
  const isBare = body.lines.length === 1 && body.lines[0]?.text === `error code: ${statusCode}`;
  return isBare ? productOf(server) : serverOf(server);
}

/** The names of a document's fields tell one framework's generic answer from another's; a message may be left out. */
function shapeOf({ kind, fields }: BodyReading): string[] {
  if (kind !== "json" && kind !== "xml") return [];
  const paths = [...new Set(fields.slice(0, 20).map(({ path }) => path))];
  const others = paths.filter((path) => roleOf(path.slice(path.lastIndexOf(".") + 1)) !== "words");
  return (others.length > 0 ? others : paths).slice(0, 8);
}

const LOG_FIELD = /(?:^| )([a-z][\w.]{0,40})=(?:"([^"]{0,300})"|([^\s"]{0,300}))/gi;

/** `at=error code=H12 desc="Request timeout" …`: a line of fields; `undefined` for a sentence. */
export function fieldsOfLog(text: string): BodyField[] | undefined {
  if (!text.includes("=")) return undefined;
  const fields = [...text.matchAll(LOG_FIELD)].map(([, path = "", quoted, bare = ""]) => ({
    path,
    value: quoted ?? bare,
  }));
  return fields.length >= 4 ? fields : undefined;
}

/** Whether nothing is said beyond the status code. */
function isGeneric({ codes, sentences, faults }: TellingPart, statusCode: number | undefined): boolean {
  return (
    faults.length === 0 &&
    codes.every((text) => isStatusText(text, statusCode)) &&
    sentences.every((text) => isStatusText(text, statusCode))
  );
}
