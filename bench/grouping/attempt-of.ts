import type { Attempt, Header } from "../../src/triage/model.ts";
import { redactBody, redactHeaders, redactText } from "../../src/triage/redact.ts";
import type { CorpusLine } from "./corpus.ts";

/** The attempt as it would be stored: redacted, so that masks are among what is read. */
export function attemptOf(line: CorpusLine): Attempt {
  const { response_code: statusCode, response_body: body, error_message: errorMessage } = line;
  const headers = headersOf(line);
  const masked = redactHeaders(headers);
  const contentType = headers.find(({ name }) => name.toLowerCase() === "content-type")?.value;
  const redacted = body ? redactBody(body, contentType) : undefined;
  const error = errorMessage ? redactText(errorMessage) : undefined;
  return {
    invocationId: line.id,
    index: 0,
    status: "failed",
    outcome: "failed",
    ...(typeof statusCode === "number" ? { statusCode } : {}),
    ...(typeof statusCode === "number" || headers.length > 0 || redacted
      ? { response: { headers: masked.headers, truncated: false, ...(redacted ? { body: redacted.text } : {}) } }
      : {}),
    ...(error ? { errorMessage: error.text } : {}),
    maskedCount: masked.maskedCount + (redacted?.maskedCount ?? 0) + (error?.maskedCount ?? 0),
  };
}

function headersOf({ response_headers: headers }: CorpusLine): Header[] {
  return Object.entries(headers ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? ""]).map((each) => ({ name, value: String(each) })),
  );
}
