import { Hono } from "hono";
import type { Acts } from "./acts.ts";
import type { Core } from "./core.ts";
import { actionablesIn } from "./elements.ts";
import { fieldsOf, type SandboxEnv } from "./http.ts";
import type { Message } from "./model.ts";
import { renderMessage, renderView } from "./render.ts";

/** Lets a person drive the sandbox by hand, with curl. */
export function controlRoutes(core: Core, acts: Acts): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();

  app.post("/sandbox/command", async (c) => {
    const fields = textFields(await fieldsOf(c));
    const [command = "", ...rest] = fields.need("text").split(" ");
    if (!command.startsWith("/")) return c.json({ error: `text starts with a command, as in "/hooks help"` }, 400);
    const receipt = await acts.sendCommand({
      user: fields.need("user"),
      channel: fields.need("channel"),
      command,
      text: rest.join(" "),
    });
    return c.json(receipt);
  });

  app.post("/sandbox/press", async (c) => {
    const fields = textFields(await fieldsOf(c));
    const channel = core.workspace.channel(fields.need("channel"));
    const messageTs = fields.need("ts");
    const index = Number(fields.get("index") ?? "0");
    const blocks = core.workspace.message(channel.id, messageTs, "any")?.blocks ?? [];
    const named = actionablesIn(blocks).filter((one) => one.actionId === fields.need("actionId"));
    const value = fields.get("value");
    const blockId = value === undefined ? named[index]?.blockId : undefined;
    const receipt = await acts.pressButton({
      user: fields.need("user"),
      channel: channel.id,
      messageTs,
      actionId: fields.need("actionId"),
      ...(value === undefined ? {} : { value }),
      ...(blockId === undefined ? {} : { blockId }),
    });
    return c.json(receipt);
  });

  app.get("/sandbox/channels/:id/messages", (c) => {
    const channel = core.workspace.channel(c.req.param("id"));
    const asName = c.req.query("as");
    const reader = asName === undefined ? undefined : core.workspace.person(asName);
    const isSeen = (message: Message) => message.ephemeralFor === undefined || message.ephemeralFor === reader?.id;
    const seen = core.workspace.messagesIn(channel.id).filter(isSeen);
    if (c.req.query("format") === "json") return c.json(seen);
    const timeZone = reader?.timeZone ?? "UTC";
    const shown = seen.map(
      (message) => `--- ${message.ts}\n${renderMessage(message, { now: core.now(), timeZone, ...naming(core) })}`,
    );
    return c.text(`${shown.join("\n\n")}\n`);
  });

  app.get("/sandbox/views/:user", (c) => {
    const reader = core.workspace.person(c.req.param("user"));
    const ids = core.workspace.stacks.get(reader.id) ?? [];
    const open = [...core.workspace.views.values()].filter(
      (view) => ids.includes(view.id) || (view.type === "home" && view.user === reader.id),
    );
    if (c.req.query("format") === "json") return c.json(open);
    const context = { now: core.now(), timeZone: reader.timeZone, ...naming(core) };
    return c.text(`${open.map((view) => renderView(view.content, context)).join("\n\n")}\n`);
  });

  app.get("/sandbox/journal", (c) => c.json(core.journal.entries.slice(-Number(c.req.query("last") ?? "50"))));

  app.get("/sandbox/state", (c) =>
    c.json({
      people: [...core.workspace.people.values()],
      channels: [...core.workspace.channels.values()].map((channel) => ({
        ...channel,
        members: [...channel.members],
        messages: core.workspace.messagesIn(channel.id).length,
      })),
      views: [...core.workspace.views.values()],
      scopes: [...core.scopes],
      trafficUnderWay: core.journal.underWay,
    }),
  );

  app.onError((error, c) => c.json({ error: error.message }, 400));
  return app;
}

/** How the renderer finds people's and channels' names. */
export function naming(core: Core): { nameOf: (id: string) => string | undefined } {
  return {
    nameOf: (id) => core.workspace.people.get(id)?.name ?? core.workspace.channels.get(id)?.name,
  };
}

function textFields(fields: Record<string, unknown>) {
  function get(key: string): string | undefined {
    const value = fields[key];
    return value === undefined || value === null ? undefined : String(value);
  }
  function need(key: string): string {
    const value = get(key);
    if (value === undefined || value === "") throw new Error(`The field ${key} is missing.`);
    return value;
  }
  return { get, need };
}
