import type { Core } from "../core.ts";
import { BOT, TEAM } from "../seed.ts";
import { type Answer, ApiError, type Args, type Methods } from "./call.ts";
import { page } from "./page.ts";
import { botShape, personShape } from "./shapes.ts";

export const users: Methods = {
  "users.info": { scopes: ["users:read"], answer: info },
  "users.list": { scopes: ["users:read"], answer: list },
  "bots.info": { scopes: ["users:read"], answer: bot },
  "team.info": { scopes: ["team:read"], answer: team },
};

function info(core: Core, args: Args): Answer {
  const person = core.workspace.people.get(args.required("user", "user_not_found"));
  if (person === undefined) throw new ApiError("user_not_found");
  return { user: personShape(core, person) };
}

/** People of other organisations are listed too once they share a channel. */
function list(core: Core, args: Args): Answer {
  const { items, more } = page([...core.workspace.people.values()], args, 1000);
  const members = items.map((person) => personShape(core, person)).filter((shape) => shape.is_stranger !== true);
  return { members, cache_ts: Math.floor(core.now().getTime() / 1000), ...more };
}

function bot(_core: Core, args: Args): Answer {
  const id = args.text("bot") ?? BOT.botId;
  if (id !== BOT.botId) throw new ApiError("bot_not_found");
  return { bot: botShape() };
}

function team(): Answer {
  return { team: { id: TEAM.id, name: TEAM.name, domain: TEAM.domain, email_domain: "" } };
}
