import nodeZendesk from "node-zendesk";
import { z } from "zod";
import { type Account, type Reading, takeNotes } from "./contest.ts";
import { judge } from "./marks.ts";

const PAGE = 100;
const NOT_FOUND = 404;
const TOO_MANY_REQUESTS = 429;
const NEVER_ABORTED = new AbortController().signal;

const given = z.object({ response: z.instanceof(Response), result: z.unknown() });
const meta = z.object({ has_more: z.boolean(), after_cursor: z.string().optional() });
const webhookPage = z.object({ webhooks: z.array(z.object({ id: z.string() })), meta });
const invocationPage = z.object({ invocations: z.array(z.object({ id: z.string(), status: z.string() })), meta });

/**
 * What one writes with node-zendesk 6: each call awaited before the next, and a 429 waited out as long as it asks for. Its methods read the
 * first page of a list and hide the cursor of the next, so all is asked for by the raw request that they are made of.
 */
export async function readWithNodeZendesk(account: Account): Promise<Reading> {
  const { time, line, window, truth } = account;
  const { webhooks } = clientFor(account);
  const notes = takeNotes(account);

  /** `undefined` where there is no such thing any more. */
  async function ask(path: readonly string[], after?: string): Promise<unknown> {
    const page = { page: { size: PAGE, ...(after === undefined ? {} : { after }) } };
    for (;;) {
      const { response, result } = given.parse(await webhooks._rawRequest("GET", [...path, page]));
      if (response.status === NOT_FOUND) return undefined;
      if (response.status !== TOO_MANY_REQUESTS) return result;
      await time.wait(Number(response.headers.get("retry-after")) * 1000, NEVER_ABORTED);
    }
  }

  async function readAttempts(webhookId: string, id: string): Promise<void> {
    if ((await ask(["webhooks", webhookId, "invocations", id, "attempts"])) !== undefined) notes.read(id);
  }

  async function readInvocations(webhookId: string): Promise<void> {
    const seen = new Set<string>();
    let after: string | undefined;
    do {
      const page = invocationPage.parse(await ask(["webhooks", webhookId, "invocations"], after));
      for (const { id, status } of page.invocations) {
        // Newest first: the first row of an invocation tells its end.
        if (!seen.has(id) && status !== "success") await readAttempts(webhookId, id);
        seen.add(id);
      }
      after = page.meta.has_more ? page.meta.after_cursor : undefined;
    } while (after !== undefined);
  }

  let after: string | undefined;
  do {
    const page = webhookPage.parse(await ask(["webhooks"], after));
    for (const { id } of page.webhooks) await readInvocations(id);
    after = page.meta.has_more ? page.meta.after_cursor : undefined;
  } while (after !== undefined);
  const completeMs = time.now().getTime() - window.to.getTime();
  return { requests: { ...line.counts }, marks: judge(truth, notes.told()), usefulMs: notes.usefulMs, completeMs };
}

function clientFor({ settings: { zendesk } }: Account): ReturnType<typeof nodeZendesk.createClient> {
  if (zendesk?.credentials.kind !== "access_token") throw new Error("The sandbox is asked with an access token.");
  return nodeZendesk.createClient({
    endpointUri: `${zendesk.baseUrl}/api/v2`,
    token: zendesk.credentials.token,
    oauth: true,
    transportConfig: { transportFn, responseAdapter: (response: Response) => response },
  });
}

/** Its own goes past `fetch`. What it hands over holds all of its options. */
function transportFn(url: string, { method, headers }: { method: string; headers: Record<string, string> }) {
  return fetch(url, { method, headers });
}
