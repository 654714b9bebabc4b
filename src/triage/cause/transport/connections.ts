import type { TransportCause, TransportRule } from "./rule.ts";

/**
 * No connection, or one that broke. Texts of strerror(3) on Linux and macOS, Winsock
 * (https://learn.microsoft.com/windows/win32/winsock/windows-sockets-error-codes-2), libuv (https://docs.libuv.org/en/v1.x/errors.html),
 * Rust's ErrorKind (https://doc.rust-lang.org/std/io/enum.ErrorKind.html), .NET's SocketError
 * (https://learn.microsoft.com/dotnet/api/system.net.sockets.socketerror), the JVM, Erlang's inet (https://www.erlang.org/doc/apps/kernel/inet.html).
 */
const REFUSED: TransportCause = {
  id: "connect-refused",
  category: "connect",
  title: "The receiver refused the connection",
  nextStep:
    "Start what should listen at {receiver}, or correct the port in the webhook's URL: nothing listens there, or a firewall rejects it.",
};

const RESET: TransportCause = {
  id: "connect-reset",
  category: "connect",
  title: "The receiver cut the connection",
  nextStep:
    "Look for crashes and restarts of {receiver}, and at firewalls and load balancers in front of it: the connection was reset.",
};

const CLOSED: TransportCause = {
  id: "connect-closed",
  category: "connect",
  title: "The receiver closed the connection without an answer",
  nextStep:
    "Look into the logs of {receiver} at these times: it took the request and hung up. Crashes, restarts and idle time-outs shorter than the sender's do that.",
};

export const ROUTE_RULES: readonly TransportRule[] = [
  {
    cause: REFUSED,
    any: [
      "connection refused | econnrefused | actively refused | connection was refused | refused to connect | refused the connection | wsaeconnrefused",
      "port is closed | port closed | connection rejected | refused connection | err connection refused | connection attempt refused | connection attempt was refused | connect refused | connectionrefused",
    ],
    not: ["reset"],
  },
  {
    cause: {
      id: "connect-no-route",
      category: "connect",
      title: "There is no route to the receiver's host",
      nextStep:
        "Check that the address of {receiver} is public and its host is up: routers on the way say that it cannot be reached.",
    },
    any: [
      "no route to host | ehostunreach | host is unreachable | host unreachable | unreachable host | host is down | ehostdown | host down",
      "err address unreachable | destination host unreachable | destination unreachable | address unreachable | no route to the host | wsaehostunreach",
    ],
    not: ["cannot assign requested address"],
  },
  {
    cause: {
      id: "connect-network-unreachable",
      category: "connect",
      title: "The receiver's network cannot be reached",
      nextStep:
        "Check the addresses of {receiver}: often an AAAA record (IPv6) that leads nowhere, or a private network; else {provider} has no network.",
    },
    any: [
      "internet connection appears to be offline | appears to be offline | network is unreachable | enetunreach | network unreachable | unreachable network | network is down | enetdown | network down | wsaenetunreach",
      "err internet disconnected | network is not available | protocol not available | protocol family unavailable | eafnosupport",
      "address family not supported by protocol | address family not supported | no network | network subsystem is down | network is not connected",
    ],
    not: ["for hostname"],
  },
];

export const BREAK_RULES: readonly TransportRule[] = [
  {
    // RFC 9112, 9.3 and 9.5: either side may close a kept connection at any time, the other learns of it when it writes.
    // https://www.rfc-editor.org/rfc/rfc9112#section-9.5
    cause: {
      id: "connect-keep-alive-closed",
      category: "connect",
      title: "The receiver closed a kept connection just when it was used again",
      nextStep:
        "Let {receiver} or its proxy keep idle connections longer than {provider} does (keep-alive time-out); sending once more helps at once.",
    },
    any: [
      "closed idle connection | closed the idle connection | idle connection closed | idle connection was closed | closed while idle | close idle connections",
      "expected to be kept alive | keep alive failure | keep alive disconnected | keepalivedisconnected | stale connection | connection went stale | connection is stale",
      "on reused socket | on a reused socket | reused connection | reusing connection | on a reused | pooled connection was closed | too many connection resets | keep alive connection closed | keepalive connection closed",
      "idle connection reset | kept alive connection | persistent connection closed | persistent connection was closed | connection died retrying",
      "closed keep alive connection | closed the keep alive connection | keep alive connection was closed | stale socket | stale pooled connection",
    ],
    not: ["timeout | timed out | pool is full"],
  },
  {
    cause: {
      id: "connect-aborted",
      category: "connect",
      title: "The connection to the receiver was aborted on the sender's machine",
      nextStep:
        "Look at what watches connections on {provider}'s side (virus scanner, VPN, firewall) and at its network: the connection was dropped there, not by {receiver}.",
    },
    any: [
      "software caused connection abort | econnaborted | established connection was aborted | aborted by the software | connection aborted error",
      "wsaeconnaborted | connection was aborted | os error 103 | errno 103 | errno 53 | os error 53 | error 10053 | err connection aborted",
      "software caused connection abort recv failed | socket error connection aborted | connection has been aborted",
    ],
    not: ["timeout | timed out | remote disconnected | bad status line | ssl handshake | exceeded"],
  },
  {
    cause: {
      id: "connect-broken-pipe",
      category: "connect",
      title: "The receiver closed the connection while it was still being sent to",
      nextStep:
        "Look at what {receiver} does with requests of this size or kind: it closed the connection before it had read them.",
    },
    any: [
      "broken pipe | epipe | failed sending data to the peer | brokenpipe | transport endpoint shutdown | eshutdown | socket has been shut down",
      "send failure | curle send error | write end of pipe | cannot send after | send disallowed | couldnt write to socket | pipe has been ended | pipe is being closed",
      "wrote partial request | error writing to socket | could not write to | failed to write to socket | error writing request | write error",
    ],
    not: [
      "connection reset | econnreset | forcibly closed | connection refused | timed out | timeout | tls alert | handshake",
    ],
  },
  {
    cause: RESET,
    any: [
      "connection reset | econnreset | forcibly closed | connection was reset | reset by peer | wsaeconnreset | network dropped connection on reset",
      "err connection reset | enetreset | network has been reset | failure when receiving data from the peer | connectionreset | recv failure",
      "rst received | tcp rst | received rst $ | got rst | connection is reset | connection has been reset | reset by remote | reset the connection | curle recv error | connection reset error",
      "underlying connection was closed an unexpected error occurred on a receive | network name is no longer available | peer reset",
    ],
  },
];

export const CLOSED_RULES: readonly TransportRule[] = [
  {
    cause: CLOSED,
    any: [
      // Node, undici, got, superagent
      "socket hang up | other side closed | und err socket | socket has been ended by the other party | network socket disconnected | hung up",
      // Python
      "remote end closed connection | remote disconnected | server disconnected | server closed connection | connection lost | connection done",
      "connection was closed cleanly | response never received | stream closed $ | connection closed $ | cannot send request",
      // curl
      "empty reply from server | server returned nothing | curle got nothing | got nothing | err empty response | no data received",
      // Java
      "failed to respond | no http response exception | unexpected end of stream on | header parser received no bytes | connection prematurely closed before",
      "eof exception | unexpected end of file from server | connection is closed | closed channel exception | channel was closed | channel closed",
      "connection closed unexpectedly | remote host closed | connection closed by peer | connection closed by remote",
      // Go
      "eof $ | use of closed network connection | client connection lost",
      "unexpected eof while reading | eof before | no response data received | stream is closed | end of stream | network connection was lost | server closed connection before returning | closed connection | broken connection | connection closed before",
      // Ruby
      "end of file reached | eoferror | eof error | closed stream | not opened",
      // .NET
      "response ended prematurely | underlying connection was closed | connection was closed unexpectedly",
      "server shut down the connection | connection closed gracefully | zero bytes read",
      // Rust, Elixir, PHP
      "connection closed before message completed | incomplete message | connection was not ready | operation was canceled connection closed",
      "reason closed | error closed | socket closed | socket is closed | closed by remote | socket closed remotely | connection closed",
      "transport error closed | connection was closed | disconnected without | transport endpoint is not connected | enotconn | socket is not connected",
      "closed the connection | closed by peer | closed by the server | closed by server | closed by the remote | closed without response | lost connection",
      "prematurely closed | unexpectedly closed | closed unexpectedly | closed prematurely | premature close of connection | terminated unexpectedly",
      "server dropped connection | dropped the connection | connection dropped | connection terminated | err connection closed | no response from server",
      "connection closing | connection ended | disconnected before | no response received $ | http request failed $ | connection shut down | end of input",
      "request prematurely | conn closed | peer closed | peer disconnected | remote closed | closed before | server hung up | unexpected disconnect",
    ],
    not: ["no response within | not opened for writing | database | transport closed reason"],
  },
];

/** Only that it failed. */
export const VAGUE_RULES: readonly TransportRule[] = [
  {
    cause: REFUSED,
    any: ["refused"],
    and: ["connection | connect | connecting | socket | tcp | port | server"],
    not: ["stream | access | permission"],
  },
  {
    cause: RESET,
    any: ["reset"],
    and: ["connection | socket | peer | tcp | remote | server"],
    not: ["stream | rst stream | password | before headers"],
  },
  {
    cause: {
      id: "connect-failed",
      category: "connect",
      title: "The receiver could not be reached",
      nextStep: "Check that {receiver} is up and reachable from the internet on its port.",
    },
    any: [
      "could not establish connection | could not establish a connection | failed to connect | could not connect | couldnt connect | cannot connect | cant connect | unable to connect | failed connecting | connect failed",
      "connection failed | connection failure | connect error | connect exception | dial tcp | failed to open connection | failed to open tcp connection",
      "failed to establish a new connection | error trying to connect | err connection failed | curle couldnt connect | connect call failed",
      "failed to open stream | connection could not be established | connection could not be made | error connecting | finish connect | connection attempt failed",
      "failed connect | conn failed | econnect | could not be reached | cannot reach | could not reach | unable to reach | http request error connection error",
    ],
    not: ["upstream"],
    sureness: "likely",
  },
];
