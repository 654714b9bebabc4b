import type { Context } from "hono";

/** What a person with curl sent to a control route: form fields (`-d kind=500`), JSON, or nothing. @throws Error for anything else. */
export async function fieldsOf(c: Context): Promise<unknown> {
  const text = await c.req.text();
  if (text === "") return {};
  if (text.startsWith("{")) return JSON.parse(text);
  if (!text.includes("=")) throw new Error("give form fields, such as kind=500, or JSON");
  return Object.fromEntries(new URLSearchParams(text));
}
