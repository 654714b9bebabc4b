import { HTTP2_CODES } from "./http2-codes.ts";
import type { Phrases, TransportCause, TransportRule } from "./rule.ts";

const ABOUT_HTTP2: Phrases = [
  "http2 | http 2 | h2 | goaway | go away | rst stream | stream error | stream reset | stream was reset | nghttp2 | err http2 | http2 stream | h2c | stream id",
  "connection error compression error | connection error flow control error | connection error frame size error | enhance your calm",
  "server closed connection no error | mint http2 | http2 error | http2 protocol error | http 2 stream | reset the stream | server closed request | server closed connection reason | stream closed with error code",
  "streamreset | stream reset exception | http2 exception | connection terminated error code | received rst stream | connection error received",
  "was not closed cleanly | sent goaway | hpack | frame size | http2session | http2 session | mint http2 | pseudo header | connection error protocol error",
];

/** That one stream ended, and not the connection. */
const ON_A_STREAM: Phrases = [
  "stream error | reset the stream | rst stream | not closed cleanly | stream closed | stream was reset | stream reset | closed request | streamreset | server closed request",
];

const GOAWAY: TransportCause = {
  id: "http2-goaway",
  category: "connect",
  title: "The receiver ended the HTTP/2 connection (GOAWAY)",
  nextStep:
    "Send again; if it lasts, look for restarts of {receiver} and for the limit of requests or of time on one connection of its proxy.",
};

export const HTTP2_RULES: readonly TransportRule[] = [
  {
    cause: {
      id: "http2-not-spoken",
      category: "connect",
      title: "The receiver does not speak HTTP/2 as it was asked to",
      nextStep:
        "Let {provider} use HTTP/1.1 for {receiver}, or switch on HTTP/2 there: its answer to HTTP/2 was something else.",
    },
    any: [
      "looked like an http 1 1 header | connection error detected frame with invalid size | does not support http 2 properly | expected settings frame | did not complete the http 2 handshake | first frame was not settings",
      "unexpected alpn protocol | first received frame was not settings | instead of a settings frame | not an http2 preface | unexpected data while we expected settings",
    ],
  },
  {
    // NO_ERROR on a whole connection is a polite GOAWAY; on a stream it is not.
    cause: GOAWAY,
    any: [
      "no error | not a result of an error | error code 0 | err code 0 | errorcode 0 | 0x0",
      "closed for writing | graceful shutdown goaway",
    ],
    and: ABOUT_HTTP2,
    not: ON_A_STREAM,
  },
  ...HTTP2_CODES.map(
    ({ number, id, names, title, nextStep }): TransportRule => ({
      cause: { id, category: "connect", title, nextStep },
      any: [
        names,
        `error code ${number} | err ${number} | err code ${number} | errorcode ${number} | error code 0x${number.toString(16)}`,
      ],
      and: ABOUT_HTTP2,
      not: ["timeout awaiting | und err | handshake failure | context canceled | alert | server shut down"],
    }),
  ),
  {
    cause: GOAWAY,
    any: [
      "goaway | go away | graceful shutdown | shutdown in progress | connection is shutting down | server is shutting down | err http2 server refused",
    ],
    not: ["timeout | timed out"],
  },
  {
    // RFC 9113, 6.7: https://www.rfc-editor.org/rfc/rfc9113#section-6.7
    cause: {
      id: "http2-ping-timeout",
      category: "timeout",
      title: "The receiver no longer answered on an HTTP/2 connection",
      nextStep:
        "Look for firewalls and load balancers in front of {receiver} that forget idle connections: it did not answer a PING.",
    },
    any: [
      "http2 ping failed | ping timed out | ping timeout | respond to a ping | keepalive watchdog | keep alive ping | keepalive ping | ping ack",
    ],
  },
  {
    // https://curl.se/libcurl/c/libcurl-errors.html (95, 96) · https://www.rfc-editor.org/rfc/rfc9000
    cause: {
      id: "http3-failed",
      category: "connect",
      title: "HTTP/3 with the receiver failed",
      nextStep:
        "Let {provider} use HTTP/2 or 1.1 for {receiver}, or look at UDP port 443 and the Alt-Svc header there.",
    },
    any: ["http3 | http 3 | quic | h3 | err quic protocol error | quic connect error"],
    not: ["timeout | timed out | quickly"],
  },
  {
    cause: {
      id: "http2-stream-reset",
      category: "connect",
      title: "The receiver ended the HTTP/2 stream",
      nextStep:
        "Look into the log of the proxy in front of {receiver}: it ended the stream in the middle of a request.",
    },
    any: [
      "stream was reset | rst stream | stream reset | stream error | http2 stream | http 2 stream | err http2 | http2 error | http2 exception | nghttp2 | h2 error",
      "waiting for the next frame | server closed the stream | stream ended | stream terminated | http2 connection | http2 client connection | h2 stream",
    ],
    not: ["timeout | timed out | client connection lost | server closed idle connection | connection reset by peer"],
  },
];
