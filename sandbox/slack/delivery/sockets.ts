import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { BOT } from "../seed.ts";
import { isRecord } from "../validate/rule.ts";
import { ACK_WITHIN_MS, type Delivery, type Receipt, type Receiver } from "./delivery.ts";

export type DisconnectReason = "warning" | "refresh_requested" | "link_disabled" | "too_many_websockets";

interface Connection {
  socket: WebSocket;
  /** Told to go: nothing more is sent there. */
  isLeaving: boolean;
}

interface Pending {
  socket: WebSocket;
  settle(receipt: Omit<Receipt, "ackMs">): void;
}

const PING_EVERY_MS = 10_000;
const MOST_CONNECTIONS = 10;

/** Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode */
export class Sockets implements Receiver {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #pending = new Map<string, Pending>();
  readonly #onConnected: (() => void)[] = [];
  readonly #pinging: NodeJS.Timeout;
  #connections: Connection[] = [];
  #turn = 0;

  constructor() {
    this.#pinging = setInterval(() => {
      for (const { socket } of this.#connections) socket.ping("Ping from sandbox");
    }, PING_EVERY_MS);
    this.#pinging.unref();
  }

  /** How many connections may get payloads. */
  get count(): number {
    return this.#open().length;
  }

  /** The path of a connection that may be opened once. */
  giveTicketPath(): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return `/link?ticket=${ticket}&app_id=${BOT.appId}`;
  }

  /** Takes over an HTTP upgrade; refuses tickets that are unknown or used. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? "/", "http://localhost").searchParams.get("ticket") ?? "";
    if (!this.#tickets.delete(ticket)) {
      stream.end("HTTP/1.1 401 Unauthorized\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#welcome(socket));
  }

  /** Resolves once that many connections stand. */
  async connected(count = 1): Promise<void> {
    while (this.count < count) await new Promise<void>((resolve) => this.#onConnected.push(resolve));
  }

  /** Sends to the next connection in turn, to that one only. */
  deliver(delivery: Delivery): Promise<Receipt> {
    const startedAtMs = performance.now();
    const open = this.#open();
    const connection = open[this.#turn++ % Math.max(open.length, 1)];
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
      connection.socket.send(JSON.stringify(envelopeOf(envelopeId, delivery)));
    });
  }

  /** Tells every connection to go, as Slack does every few hours. A warned one still gets payloads. */
  disconnect(reason: DisconnectReason = "refresh_requested"): void {
    for (const connection of this.#connections) {
      connection.isLeaving ||= reason !== "warning";
      connection.socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "sandbox" } }));
    }
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  /** Says goodbye to every client, and cuts off those that do not answer within `patienceMs` of real time. */
  async close(patienceMs = 200): Promise<void> {
    clearInterval(this.#pinging);
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

  #open(): Connection[] {
    return this.#connections.filter(({ socket, isLeaving }) => !isLeaving && socket.readyState === socket.OPEN);
  }

  #welcome(socket: WebSocket): void {
    if (this.#connections.length >= MOST_CONNECTIONS) {
      socket.send(JSON.stringify({ type: "disconnect", reason: "too_many_websockets" }));
      socket.close();
      return;
    }
    this.#connections.push({ socket, isLeaving: false });
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
    for (const resolve of this.#onConnected.splice(0)) resolve();
  }

  #acknowledge(data: string): void {
    const message: unknown = JSON.parse(data);
    if (!isRecord(message) || typeof message.envelope_id !== "string") return;
    const ackPayload = message.payload;
    const isEmpty = ackPayload === undefined || (isRecord(ackPayload) && Object.keys(ackPayload).length === 0);
    this.#pending.get(message.envelope_id)?.settle(isEmpty ? {} : { ackPayload });
  }

  #forget(socket: WebSocket): void {
    this.#connections = this.#connections.filter((connection) => connection.socket !== socket);
    for (const pending of [...this.#pending.values()]) {
      if (pending.socket === socket) pending.settle({ error: "operation_timeout" });
    }
  }
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
