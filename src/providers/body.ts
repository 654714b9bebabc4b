/** The longest answer that is read, in bytes. A page of 100 invocations takes some 20 KB. */
export const LONGEST_ANSWER_BYTES = 32 * 1024 * 1024;

export class AnswerTooLongError extends Error {
  override readonly name = "AnswerTooLongError";
}

/** Reads a body as UTF-8. Throws `AnswerTooLongError` past `maxBytes` and lets go of the rest, so an endless body ends. */
export async function readText(
  body: ReadableStream<Uint8Array> | null,
  maxBytes = LONGEST_ANSWER_BYTES,
): Promise<string> {
  if (!body) return "";
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new AnswerTooLongError(`longer than ${maxBytes} bytes`);
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  parts.push(decoder.decode());
  return parts.join("");
}
