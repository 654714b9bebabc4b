import type { Context, MiddlewareHandler } from "hono";

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Whether a request calls this machine by a name of its own, and comes from no page but one of the same address. */
export function isFromHere({ req }: Context): boolean {
  const { host, hostname } = new URL(req.url);
  const origin = req.header("origin");
  return LOOPBACK_NAMES.has(hostname) && (origin === undefined || origin === `http://${host}`);
}

/** Keeps handles for people on this machine from pages of others, also under a name that leads here. */
export const onlyFromHere: MiddlewareHandler = async (c, next) => {
  if (!isFromHere(c)) return c.json({ error: "This answers nobody but people on this machine." }, 403);
  await next();
  return undefined;
};
