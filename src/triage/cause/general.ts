import { STATUS_CODES } from "node:http";
import type { Evidence } from "./evidence.ts";
import type { Reading } from "./reading.ts";
import { cleanPart } from "./signature.ts";
import { tellingPartOf } from "./telling-part.ts";
import { titleOf } from "./title.ts";
import { categoryOf } from "./words.ts";

const LONGEST_TELLING = 300;

/**
 * Why an attempt failed, for everything that no rule knows: the part of the answer that tells, with what varies masked, is the
 * signature. Total: without any words the code alone serves.
 */
export function readGeneral(evidence: Evidence): Reading {
  const { statusCode, body } = evidence;
  const part = tellingPartOf(evidence);
  const { key, words, masked } = cleanPart(part, statusCode);
  const signature = statusCode === undefined ? key : `${statusCode} ${key}`.trim();
  const category = categoryOf(statusCode, {
    words: [...part.codes, ...part.sentences, ...part.faults.map(({ sentence }) => sentence)].join(" \n "),
    isPage: body.kind === "html" || (body.kind === "text" && body.lines.length > 1),
    hasFault: part.faults.length > 0,
  });
  const isTold = part.place !== "code";
  return {
    id: `${statusCode === undefined ? "text" : `http-${statusCode}`}${key === "" ? "" : `-${fingerprint(signature)}`}`,
    category,
    title: titleOf(statusCode, statusCode === undefined ? undefined : STATUS_CODES[statusCode], words),
    signature,
    sureness: !isTold || category === "unknown" || part.generic !== undefined ? "unsure" : "likely",
    ...(isTold ? { telling: { place: part.place, text: lineOf(part.text) } } : {}),
    masked,
  };
}

function lineOf(text: string): string {
  return text.slice(0, LONGEST_TELLING).replace(/\s+/g, " ").trim();
}

/** Eight hexadecimal digits: FNV-1a with the final mix of MurmurHash3. Nothing depends on its being hard to invert. */
function fingerprint(signature: string): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < signature.length; at += 1) sum = Math.imul(sum ^ signature.charCodeAt(at), 0x01000193);
  sum = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  sum = Math.imul(sum ^ (sum >>> 13), 0xc2b2ae35);
  return ((sum ^ (sum >>> 16)) >>> 0).toString(16).padStart(8, "0");
}
