import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { isFromHere } from "../../from-here.ts";
import { BOT } from "../seed.ts";
import { isRecord } from "../validate/rule.ts";
import { ACK_WITHIN_MS, type Delivery, type Receipt, type Receiver } from "./delivery.ts";

export type DisconnectReason = "warning" | "refresh_requested" | "link_disabled" | "too_many_websockets";

interface Connection {
  socket: WebSocket;
  isToldToGo: boolean;
  /** Told to go, and not by way of a warning: it is sent something only while no other stands. */
  isLeaving: boolean;
  /** Closed as soon as all that was sent there is acknowledged. */
  isClosing: boolean;
}

export interface Farewell {
  /** The oldest so many connections; all unless told. */
  oldest?: number;
  /** How long after that they are closed, in real time. */
  closesAfterMs?: number;
}

interface Pending {
  socket: WebSocket;
  settle(receipt: Omit<Receipt, "ackMs">): void;
}

const PING_EVERY_MS = 10_000;
const MOST_CONNECTIONS = 10;
/** A warning comes about ten seconds before the end: https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect */
const CLOSES_AFTER_MS = 10_000;

/** Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode */
export class Sockets implements Receiver {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #pending = new Map<string, Pending>();
  readonly #onChange: (() => void)[] = [];
  readonly #farewells = new Set<NodeJS.Timeout>();
  readonly #pinging: NodeJS.Timeout;
  #connections: Connection[] = [];
  #turn = 0;

  constructor() {
    this.#pinging = setInterval(() => {
      for (const { socket } of this.#connections) {
        if (!socket.isPaused) socket.ping("Ping from sandbox");
      }
    }, PING_EVERY_MS);
    this.#pinging.unref();
  }

  /** How many connections stay: they stand and were not told to go. */
  get count(): number {
    return this.#open().filter(({ isToldToGo }) => !isToldToGo).length;
  }

  /** How many connections stand, those that were told to go included. */
  get standing(): number {
    return this.#open().length;
  }

  /** Whether all that stand were stalled: then nothing gets through. */
  get isStalled(): boolean {
    const open = this.#open();
    return open.length > 0 && open.every(({ socket }) => socket.isPaused);
  }

  /** The path of a connection that may be opened once. */
  giveTicketPath(): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return `/link?ticket=${ticket}&app_id=${BOT.appId}`;
  }

  /** Takes over an HTTP upgrade; refuses pages of other addresses, and tickets that are unknown or used. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const refused = isFromHere(request) ? this.#refusedTicket(request) : "403 Forbidden";
    if (refused !== undefined) {
      stream.end(`HTTP/1.1 ${refused}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#welcome(socket));
  }

  /** Resolves once that many connections stand that were not told to go. */
  async connected(count = 1): Promise<void> {
    while (this.count < count) await this.#changed();
  }

  /** Resolves once no connection stands. */
  async emptied(): Promise<void> {
    while (this.standing > 0) await this.#changed();
  }

  /** Sends to the next connection in turn, to that one only. One that was told to go is good enough where there is no other. */
  deliver(delivery: Delivery): Promise<Receipt> {
    const startedAtMs = performance.now();
    const open = this.#open();
    const staying = open.filter(({ isLeaving }) => !isLeaving);
    const able = staying.length > 0 ? staying : open;
    const connection = able[this.#turn++ % Math.max(able.length, 1)];
    if (connection === undefined) return Promise.resolve({ ackMs: 0, error: "dispatch_failed" });
    const envelopeId = randomUUID();
    return new Promise((resolve) => {
      const settle: Pending["settle"] = (receipt) => {
        clearTimeout(timer);
        this.#pending.delete(envelopeId);
        resolve({ ackMs: performance.now() - startedAtMs, ...receipt });
      };
      const timer = setTimeout(() => settle({ error: "operation_timeout" }), ACK_WITHIN_MS);
      this.#pending.set(envelopeId, { socket: connection.socket, settle });
      send(connection.socket, envelopeOf(envelopeId, delivery));
    });
  }

  /** Tells connections to go, as Slack does every few hours, and closes them some seconds later. A warned one still gets payloads. */
  disconnect(reason: DisconnectReason = "refresh_requested", farewell: Farewell = {}): void {
    const { oldest = this.#connections.length, closesAfterMs = CLOSES_AFTER_MS } = farewell;
    for (const connection of this.#connections.filter(({ isToldToGo }) => !isToldToGo).slice(0, oldest)) {
      connection.isToldToGo = true;
      connection.isLeaving = reason !== "warning";
      send(connection.socket, { type: "disconnect", reason, debug_info: { host: "sandbox" } });
      const timer = setTimeout(() => {
        this.#farewells.delete(timer);
        this.#closeWhenIdle(connection);
      }, closesAfterMs);
      timer.unref();
      this.#farewells.add(timer);
    }
  }

  /** Closes those that were told to go without waiting any longer. */
  closeLeaving(): void {
    for (const connection of this.#connections.filter(({ isToldToGo }) => isToldToGo)) this.#closeWhenIdle(connection);
  }

  /** Cuts connections, the oldest so many or all, without a word. */
  cut(oldest = this.#connections.length): void {
    for (const { socket } of this.#connections.slice(0, oldest)) socket.terminate();
  }

  /** Lets nothing through on the connections that stand, as on a line that broke on the way, until the app opens another. */
  stall(oldest = this.#connections.length): void {
    for (const { socket } of this.#connections.slice(0, oldest)) socket.pause();
  }

  /** Says goodbye to every client, and cuts off those that do not answer within `patienceMs` of real time. */
  async close(patienceMs = 200): Promise<void> {
    clearInterval(this.#pinging);
    for (const timer of this.#farewells) clearTimeout(timer);
    const sockets = [...this.#server.clients];
    const goodbyes = sockets.map((socket) => new Promise<void>((resolve) => socket.once("close", () => resolve())));
    for (const socket of sockets) socket.close(1001);
    const cut = setTimeout(() => {
      for (const socket of sockets) socket.terminate();
    }, patienceMs);
    await Promise.all(goodbyes);
    clearTimeout(cut);
    this.#server.close();
  }

  #refusedTicket({ url = "/" }: IncomingMessage): string | undefined {
    const ticket = new URL(url, "http://localhost").searchParams.get("ticket") ?? "";
    return this.#tickets.delete(ticket) ? undefined : "401 Unauthorized";
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => this.#onChange.push(resolve));
  }

  #tellChange(): void {
    for (const resolve of this.#onChange.splice(0)) resolve();
  }

  #open(): Connection[] {
    return this.#connections.filter(({ socket }) => socket.readyState === socket.OPEN);
  }

  #welcome(socket: WebSocket): void {
    if (this.#connections.length >= MOST_CONNECTIONS) {
      socket.send(JSON.stringify({ type: "disconnect", reason: "too_many_websockets" }));
      socket.close();
      return;
    }
    // The app has left those behind, and of that nothing is heard on them either.
    for (const { socket: stalled } of this.#connections.filter(({ socket: { isPaused } }) => isPaused))
      stalled.terminate();
    this.#connections.push({ socket, isToldToGo: false, isLeaving: false, isClosing: false });
    socket.on("message", (data) => this.#acknowledge(String(data)));
    socket.on("close", () => this.#forget(socket));
    socket.on("error", () => socket.terminate());
    socket.send(
      JSON.stringify({
        type: "hello",
        num_connections: this.#connections.length,
        connection_info: { app_id: BOT.appId },
        debug_info: { host: "sandbox", approximate_connection_time: 18_060 },
      }),
    );
    this.#tellChange();
  }

  #acknowledge(data: string): void {
    const message: unknown = JSON.parse(data);
    if (!isRecord(message) || typeof message.envelope_id !== "string") return;
    const ackPayload = message.payload;
    const isEmpty = ackPayload === undefined || (isRecord(ackPayload) && Object.keys(ackPayload).length === 0);
    this.#pending.get(message.envelope_id)?.settle(isEmpty ? {} : { ackPayload });
    for (const connection of this.#connections.filter(({ isClosing }) => isClosing)) this.#closeWhenIdle(connection);
  }

  #closeWhenIdle(connection: Connection): void {
    connection.isLeaving = true;
    connection.isClosing = true;
    const isIdle = [...this.#pending.values()].every(({ socket }) => socket !== connection.socket);
    if (isIdle) connection.socket.close(1000);
  }

  #forget(socket: WebSocket): void {
    this.#connections = this.#connections.filter((connection) => connection.socket !== socket);
    this.#tellChange();
    for (const pending of [...this.#pending.values()]) {
      if (pending.socket === socket) pending.settle({ error: "operation_timeout" });
    }
  }
}

/** What is sent on a broken line is lost. */
function send(socket: WebSocket, message: Record<string, unknown>): void {
  if (!socket.isPaused) socket.send(JSON.stringify(message));
}

function envelopeOf(envelopeId: string, { type, payload }: Delivery): Record<string, unknown> {
  const accepts = type !== "events_api";
  return {
    envelope_id: envelopeId,
    type,
    payload,
    accepts_response_payload: accepts,
    ...(accepts ? {} : { retry_attempt: 0, retry_reason: "" }),
  };
}
