import { z } from "zod";

const text = z.string().trim().min(1).optional().catch(undefined);
const detail = z.looseObject({ code: text, title: text, message: text, detail: text, description: text });

/** `{"error":"X","description":"…"}`, `{"error":{"title","message"}}`, `{"errors":[…]}`, `{"message":"…"}`: all occur. */
const problem = z.looseObject({
  error: z.union([z.string(), detail]).optional().catch(undefined),
  error_description: text,
  errors: z
    .array(z.union([z.string(), detail]))
    .optional()
    .catch(undefined),
  title: text,
  message: text,
  description: text,
});

/** What an error's body says, in one line, not redacted. Empty when it says nothing. */
export function readProblem(body: string): string {
  return said(body)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

function said(body: string): string {
  const parsed = problem.safeParse(parseJson(body));
  if (!parsed.success) return readPlain(body);
  const { error, error_description, errors = [], title, message, description } = parsed.data;
  const causes = [error, ...errors].map((entry) => (typeof entry === "string" ? entry : joined(entry)));
  const parts = [...causes, title, message, description, error_description].filter(
    (part) => part !== undefined && part !== "",
  );
  return parts.length > 0 ? [...new Set(parts)].join(": ") : readPlain(body);
}

function joined(entry: z.infer<typeof detail> | undefined): string {
  if (!entry) return "";
  const { code, title, message, detail: more, description } = entry;
  return [code, title, message, more, description].filter(Boolean).join(", ");
}

/** Text as it is; a page by its title, else without its tags. */
function readPlain(body: string): string {
  const title = /<title[^>]{0,100}>([^<]{1,4000})/i.exec(body)?.[1];
  return title ?? body.replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, " ").replace(/<[^>]{0,200}>/g, " ");
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
