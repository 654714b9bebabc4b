import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { Agent, buildConnector, ping, WebSocket } from "undici";

export interface WireEvents {
  onText(text: string): void;
  onPong(): void;
  /** Comes once, with what broke it if something did. */
  onClosed(reason: unknown): void;
}

/** A WebSocket that can be pinged, and that can be dropped without the other side's consent. */
export interface Wire {
  /** Whether it could be sent. */
  send(text: string): boolean;
  /** Whether it could be sent. */
  ping(): boolean;
  /** Says goodbye. Until the other side has answered, the wire is not closed. */
  close(): void;
  /** Drops it at once. */
  destroy(): void;
}

/** undici tells of pongs here only. https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md */
const PONGS = "undici:websocket:pong";

/** Throws a `SyntaxError` for what is no WebSocket URL; what goes wrong after that is told by `onClosed`. */
export function openWire(url: string, { onText, onPong, onClosed }: WireEvents): Wire {
  let socket: Socket | undefined;
  let isOver = false;
  // undici hides the socket of a WebSocket, and Slack leaves it open after the goodbyes.
  const connect = buildConnector({ allowH2: false });
  const dispatcher = new Agent({
    connect(options: buildConnector.Options, callback: buildConnector.Callback) {
      connect(options, (...result) => {
        socket = result[1] ?? undefined;
        if (isOver) socket?.destroy();
        callback(...result);
      });
    },
  });
  const webSocket = new WebSocket(url, { dispatcher });
  subscribe(PONGS, hearPong);
  webSocket.addEventListener("message", ({ data }: { data: unknown }) => {
    if (typeof data === "string") onText(data);
  });
  webSocket.addEventListener("error", ({ error, message }) => end(whatBroke(error, message)));
  webSocket.addEventListener("close", ({ code }) => end(new Error(`The connection was closed with code ${code}.`)));

  function hearPong(heard: unknown): void {
    if (heard !== null && typeof heard === "object" && "websocket" in heard && heard.websocket === webSocket) onPong();
  }

  function end(reason: unknown): void {
    if (isOver) return;
    isOver = true;
    unsubscribe(PONGS, hearPong);
    socket?.destroy();
    dispatcher.destroy().catch(() => {});
    onClosed(reason);
  }

  return {
    send(text) {
      if (webSocket.readyState !== WebSocket.OPEN) return false;
      webSocket.send(text);
      return true;
    },
    ping() {
      if (webSocket.readyState !== WebSocket.OPEN) return false;
      ping(webSocket);
      return true;
    },
    close: () => webSocket.close(1000),
    destroy: () => end(new Error("The connection was dropped.")),
  };
}

/** undici tells of a server that hangs up in the middle with an empty message. */
function whatBroke(error: unknown, message: string): unknown {
  if (error instanceof Error ? error.message !== "" : error) return error;
  return new Error(message || "The connection broke without a goodbye.", { cause: error });
}
