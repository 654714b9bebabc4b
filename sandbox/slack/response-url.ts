import { ApiError, Args } from "./api/call.ts";
import { contentOf, needKnownBlocks } from "./api/content.ts";
import type { Core } from "./core.ts";
import type { Message } from "./model.ts";
import { concernOfOrigin, type Refusal } from "./refusal.ts";
import type { ResponseUrl } from "./tickets.ts";

export interface ResponseUrlAnswer {
  status: number;
  body: string;
  refusal?: Refusal;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * A post to a response URL: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses.
 * Five uses within 30 minutes, in channels that the bot is not in as well. A refused post does not count as a use.
 */
export function answerResponseUrl(core: Core, key: string, fields: Fields): ResponseUrlAnswer {
  const found = core.tickets.findResponseUrl(key);
  if ("error" in found) return refuseResponseUrl(core, key, fields, new ApiError(found.error));
  try {
    respond(core, found, new Args(fields));
    found.uses += 1;
    return { status: 200, body: "ok" };
  } catch (error) {
    if (error instanceof ApiError) return refuseResponseUrl(core, key, fields, error);
    throw error;
  }
}

/** The answer has the code and nothing else; what is wrong where, and whom it was for, the sandbox alone can tell. */
export function refuseResponseUrl(core: Core, key: string, fields: Fields, no: ApiError): ResponseUrlAnswer {
  const { error, faults } = no;
  const origin = core.tickets.originOfResponseUrl(key);
  const concern = origin === undefined ? {} : concernOfOrigin(core, origin);
  const threadTs = new Args(fields).text("thread_ts") ?? concern.threadTs;
  const status = GONE.has(error) ? 404 : 400;
  return { status, body: error, refusal: { error, faults, ...concern, threadTs } };
}

const GONE = new Set(["invalid_url", "expired_url", "used_url", "message_not_found"]);

function respond(core: Core, ticket: ResponseUrl, args: Args): void {
  const original = originalOf(core, ticket);
  if (args.flag("delete_original")) {
    if (original === undefined) throw new ApiError("message_not_found");
    core.posting.delete(original);
    return;
  }
  needKnownBlocks(core.faults, args);
  const { content } = contentOf(args, { viaResponseUrl: true });
  if (args.flag("replace_original") && ticket.messageTs !== undefined) {
    if (original === undefined) throw new ApiError("message_not_found");
    core.posting.replace(original, content);
    return;
  }
  const threadTs = args.text("thread_ts");
  const posted = core.posting.post(content, {
    channel: ticket.origin.channel ?? "",
    ...(args.text("response_type") === "in_channel" ? {} : { ephemeralFor: ticket.origin.user }),
    ...(threadTs === undefined ? {} : { threadTs }),
  });
  ticket.messageTs ??= posted.ts;
}

/** The message with the button, or the first one that a slash command's URL brought about. */
function originalOf(core: Core, ticket: ResponseUrl): Message | undefined {
  if (ticket.messageTs === undefined) return undefined;
  return core.workspace.message(ticket.origin.channel ?? "", ticket.messageTs, "any");
}
