import type { Core } from "../core.ts";
import { BOT, TEAM } from "../seed.ts";
import { validateMessage, validateView } from "../validate/index.ts";
import { isRecord } from "../validate/rule.ts";
import { type Answer, ApiError, type Args, type Methods } from "./call.ts";
import { chat } from "./chat.ts";
import { conversations } from "./conversations.ts";
import { files } from "./files.ts";
import { reactions } from "./reactions.ts";
import { users } from "./users.ts";
import { views } from "./views.ts";

/** Every method that the sandbox speaks. */
export const METHODS: Methods = {
  "api.test": { answer: (_core, args) => ({ args: args.raw }) },
  "auth.test": { answer: authTest },
  "apps.connections.open": { answer: (core) => ({ url: core.giveSocketUrl() }) },
  "blocks.validate": { answer: validateBlocks },
  ...chat,
  ...conversations,
  ...files,
  ...reactions,
  ...users,
  ...views,
};

/** Methods that need no token at all, and those that want the app's instead of the bot's. */
export const TOKENLESS: readonly string[] = ["api.test", "blocks.validate"];
export const APP_LEVEL: readonly string[] = ["apps.connections.open"];

function authTest(): Answer {
  return {
    url: `https://${TEAM.domain}.slack.com/`,
    team: TEAM.name,
    user: BOT.name,
    team_id: TEAM.id,
    user_id: BOT.userId,
    bot_id: BOT.botId,
    is_enterprise_install: false,
  };
}

/** https://docs.slack.dev/reference/methods/blocks.validate */
function validateBlocks(_core: Core, args: Args): Answer {
  const given = ["blocks", "view", "message"].filter((key) => args.has(key));
  if (given.length !== 1) throw new ApiError("invalid_arguments");
  const message = args.json("message");
  const faults = args.has("view")
    ? validateView(args.json("view"))
    : validateMessage(isRecord(message) ? message : { blocks: args.json("blocks") });
  if (faults.length === 0) return {};
  const error = args.has("view") ? "invalid_view" : args.has("message") ? "invalid_message" : "invalid_blocks";
  throw new ApiError(error, { errors: faults.map((fault) => ({ ...fault, code: fault.error })) });
}
