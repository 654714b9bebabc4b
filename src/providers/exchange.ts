import { ofetch } from "ofetch";
import { AnswerTooLongError, readText } from "./body.ts";
import type { Faults } from "./faults.ts";

export interface ExchangeRequest {
  method: "GET" | "POST";
  url: URL;
  headers: Record<string, string>;
  body?: string;
  /** Follows no redirect to another path. */
  keepsPath?: boolean;
  signal: AbortSignal;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a request and reads the whole answer, whatever its status. Redirects of reads are followed within the same origin, at
 * most three times. Throws the errors of `faults`, and the signal's reason. `onSend` is called for each HTTP request.
 */
export async function exchange(request: ExchangeRequest, faults: Faults, onSend: () => void): Promise<Answer> {
  let url = request.url;
  for (let redirects = 0; ; redirects += 1) {
    onSend();
    const answer = await send({ ...request, url }, faults);
    if (!REDIRECTS.has(answer.status)) return answer;
    const target = URL.parse(answer.headers.get("location") ?? "", url);
    if (!target || !/^https?:$/.test(target.protocol))
      throw faults.nonsense("answered with a redirect to nowhere", "", answer.status);
    if (target.origin !== url.origin) throw faults.redirected(target.origin, answer.status);
    if (request.method !== "GET") throw faults.nonsense("answered a write with a redirect", "", answer.status);
    if (request.keepsPath && target.pathname !== url.pathname)
      throw faults.nonsense("answered with a redirect to another path, which was not followed", "", answer.status);
    if (redirects >= MOST_REDIRECTS) throw faults.nonsense("redirects in circles", "", answer.status);
    url = target;
  }
}

async function send({ method, url, headers, body, signal }: ExchangeRequest, faults: Faults): Promise<Answer> {
  try {
    const response = await ofetch.raw(url.href, {
      method,
      headers,
      body,
      signal,
      redirect: "manual",
      responseType: "stream",
      retry: false,
      ignoreResponseError: true,
    });
    return { status: response.status, headers: response.headers, text: await readText(response.body) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AnswerTooLongError) throw faults.nonsense(`answered with a body ${error.message}`);
    const code = codeOf(error);
    if (code.startsWith("Z_") && code !== "Z_BUF_ERROR")
      throw faults.nonsense(`answered with a body that cannot be unpacked: ${code}`);
    throw faults.dropped(code);
  }
}

/** The innermost code of a failed fetch, such as ECONNREFUSED. Messages may quote what was sent, so they stay out of errors. */
function codeOf(error: unknown): string {
  let code = "the connection failed";
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if ("code" in current && typeof current.code === "string") code = current.code;
    current = current.cause;
  }
  return code;
}
