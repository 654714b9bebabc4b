import { Hono } from "hono";
import { serveFromHere } from "../from-here.ts";
import { listenOnLoopback, stopListening } from "../loopback.ts";
import { Acts } from "./acts.ts";
import { controlRoutes } from "./control.ts";
import type { Core } from "./core.ts";
import type { Receiver } from "./delivery/delivery.ts";
import { httpReceiver } from "./delivery/http.ts";
import { Sockets } from "./delivery/sockets.ts";
import { Faults } from "./faults.ts";
import { Happenings } from "./happenings.ts";
import { type SandboxEnv, slackRoutes } from "./http.ts";
import { Journal } from "./journal.ts";
import type { Person } from "./model.ts";
import { Posting } from "./posting.ts";
import { ALL_SCOPES, type SlackSeed } from "./seed.ts";
import { Tickets } from "./tickets.ts";
import { Workspace } from "./workspace.ts";

export interface SlackOptions {
  /** 0, any free one, unless told. */
  port?: number;
  /** The clock of message timestamps, trigger ids, response URLs and rates. */
  now?: () => Date;
  seed?: SlackSeed;
}

/** A Slack workspace with one app installed, on loopback, all in memory. */
export interface SandboxSlack extends Core, Pick<Acts, keyof Acts> {
  /** For `SLACK_API_URL`. */
  readonly apiUrl: string;
  readonly sockets: Sockets;
  person(nameOrId: string): Person;
  /** Where payloads go: Socket Mode unless told. */
  setReceiver(receiver: "socket" | { url: string }): void;
  /**
   * Resolves once the bot has answered everything and has nothing under way. `idle` says when the bot itself is at rest; without
   * it, `quietMs` of real time without traffic stand for that.
   */
  settled(options?: Settling): Promise<void>;
  close(): Promise<void>;
}

export interface Settling {
  idle?: () => Promise<void>;
  quietMs?: number;
}

const QUIET_MS = 100;

/** Starts a Slack on 127.0.0.1. @throws when the port is taken. */
export async function startSlack(options: SlackOptions = {}): Promise<SandboxSlack> {
  const now = options.now ?? (() => new Date());
  const workspace = new Workspace(now, options.seed);
  const happenings = new Happenings(now);
  const journal = new Journal(now);
  const sockets = new Sockets();
  const core: Core = {
    url: "",
    botToken: "xoxb-sandbox-bot-token",
    appToken: "xapp-sandbox-app-token",
    signingSecret: "sandbox-signing-secret",
    scopes: new Set(options.seed?.scopes ?? ALL_SCOPES),
    now,
    workspace,
    happenings,
    journal,
    faults: new Faults(),
    tickets: new Tickets(now),
    posting: new Posting(workspace, happenings),
    giveSocketUrl: () => core.url.replace(/^http/, "ws") + sockets.giveTicketPath(),
  };
  let receiver: Receiver = sockets;
  const acts = new Acts(core, () => receiver);

  const app = new Hono<SandboxEnv>().route("/", slackRoutes(core)).route("/", controlRoutes(core, acts));
  const server = serveFromHere(app.fetch);
  server.on("upgrade", (request, stream, head) => sockets.upgrade(request, stream, head));
  try {
    core.url = await listenOnLoopback(server, options.port ?? 0);
  } catch (error) {
    await sockets.close();
    throw error;
  }

  return Object.assign(core, {
    apiUrl: `${core.url}/api/`,
    ...peopleDo(acts),
    sockets,
    person: (nameOrId: string) => workspace.person(nameOrId),
    setReceiver: (to: "socket" | { url: string }) => {
      receiver = to === "socket" ? sockets : httpReceiver(to.url, core.signingSecret);
    },
    settled: (settling: Settling = {}) => settled(journal, settling),
    close: async () => {
      await sockets.close();
      await stopListening(server);
    },
  });
}

function peopleDo(acts: Acts): Pick<Acts, keyof Acts> {
  return {
    sendCommand: (act) => acts.sendCommand(act),
    pressButton: (act) => acts.pressButton(act),
    pressInView: (act) => acts.pressInView(act),
    submitView: (act) => acts.submitView(act),
    closeView: (act) => acts.closeView(act),
    openHome: (user) => acts.openHome(user),
    sendEvent: (event) => acts.sendEvent(event),
    say: (user, channel, text, threadTs) => acts.say(user, channel, text, threadTs),
    deleteMessage: (channel, ts) => acts.deleteMessage(channel, ts),
  };
}

async function settled(journal: Journal, { idle, quietMs = QUIET_MS }: Settling): Promise<void> {
  for (;;) {
    const begun = journal.begun;
    await journal.quiet();
    if (idle === undefined) await new Promise((resolve) => setTimeout(resolve, quietMs));
    else await idle();
    if (journal.underWay === 0 && journal.begun === begun) return;
  }
}
