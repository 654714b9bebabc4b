import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from "@slack/bolt";
import type { SandboxSlack } from "../../../sandbox/slack/server.ts";

/** A small bot on the real Bolt, to see that the sandbox is taken for a Slack. */
export interface SmallBot {
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export async function startInSocketMode(slack: SandboxSlack): Promise<SmallBot> {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logLevel: LogLevel.ERROR,
    clientPingTimeout: 1000,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  const app = new App({ token: slack.botToken, receiver, ...optionsFor(slack) });
  const idle = listen(app);
  await app.start();
  await slack.sockets.connected();
  return {
    idle,
    stop: async () => {
      await app.stop();
    },
  };
}

export async function startOverHttp(slack: SandboxSlack): Promise<SmallBot> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({ token: slack.botToken, receiver, ...optionsFor(slack) });
  const idle = listen(app);
  const server = await app.start({ port: 0, host: "127.0.0.1" });
  const address = server !== undefined && "address" in server ? server.address() : null;
  if (address === null || typeof address === "string") throw new Error("no port");
  slack.setReceiver({ url: `http://127.0.0.1:${address.port}/slack/events` });
  return {
    idle,
    stop: async () => {
      await app.stop();
    },
  };
}

function optionsFor(slack: SandboxSlack) {
  return { logLevel: LogLevel.ERROR, clientOptions: { slackApiUrl: slack.apiUrl } };
}

function listen(app: App): () => Promise<void> {
  let atWork = 0;
  const onRest: (() => void)[] = [];
  app.use(async ({ next }) => {
    atWork += 1;
    try {
      await next();
    } finally {
      atWork -= 1;
      if (atWork === 0) for (const rest of onRest.splice(0)) rest();
    }
  });

  app.command("/hooks", async ({ command, ack, respond, client }) => {
    await ack();
    if (command.text === "help") {
      await respond({ text: `Ask me, <@${command.user_id}>` });
      await respond({ text: "Asked.", replace_original: true });
      return;
    }
    await client.chat.postMessage({
      channel: command.channel_id,
      text: "3 failed",
      blocks: [
        {
          type: "section",
          block_id: "one",
          text: { type: "mrkdwn", text: "*Jira sync* failed" },
          accessory: button("1"),
        },
        {
          type: "section",
          block_id: "two",
          text: { type: "mrkdwn", text: "*Billing* failed" },
          accessory: button("2"),
        },
      ],
    });
  });
  app.command("/echo", async ({ command, ack }) => {
    await ack({ text: `you said ${command.text}` });
  });
  app.command("/form", async ({ command, ack, client }) => {
    await ack();
    await client.views.open({
      trigger_id: command.trigger_id,
      view: {
        type: "modal",
        callback_id: "note",
        title: { type: "plain_text", text: "A note" },
        submit: { type: "plain_text", text: "Keep" },
        blocks: [
          {
            type: "input",
            block_id: "words",
            optional: true,
            label: { type: "plain_text", text: "Words" },
            element: { type: "plain_text_input", action_id: "typed" },
          },
        ],
      },
    });
  });
  app.view("note", async ({ ack, view, client, body }) => {
    const words = view.state.values.words?.typed?.value ?? "";
    if (words === "") {
      await ack({ response_action: "errors", errors: { words: "Say something." } });
      return;
    }
    await ack();
    await client.chat.postMessage({ channel: body.user.id, text: `Kept: ${words}` });
  });
  app.action("attempts", async ({ ack, client, body, action }) => {
    await ack();
    if (body.type !== "block_actions" || body.message === undefined || action.type !== "button") return;
    const channel = body.channel?.id ?? "";
    await client.chat.postMessage({ channel, thread_ts: body.message.ts, text: `Attempts of ${action.value}` });
    await client.chat.update({ channel, ts: body.message.ts, text: "looked into" });
  });
  app.action("vanish", async ({ ack, respond }) => {
    await ack();
    await respond({ delete_original: true });
  });
  app.event("app_home_opened", async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: "home", blocks: [{ type: "header", text: { type: "plain_text", text: "Welcome" } }] },
    });
  });

  return () => {
    if (atWork === 0) return Promise.resolve();
    return new Promise((resolve) => onRest.push(resolve));
  };
}

function button(value: string) {
  return {
    type: "button" as const,
    action_id: "attempts",
    value,
    text: { type: "plain_text" as const, text: "Attempts" },
  };
}
