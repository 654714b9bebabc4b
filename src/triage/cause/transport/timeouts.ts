import type { TransportCause, TransportRule } from "./rule.ts";

/** Time ran out. Which part took it says who has to look: nothing on the port, the handshake, or the work behind it. */

/** That time ran out at all, in the words of all libraries. */
export const RAN_OUT = [
  "timeout | timed out | time out | timedout | timeouts | deadline exceeded | execution expired | etimedout | esockettimedout | deadline has elapsed",
  "took too long | too slow | not respond in time | not properly respond | has failed to respond | elapsed | wsaetimedout | exceeded the time | timeout expired",
  "in time | no response within | not respond within | not received within | time limit exceeded | time limit | operation timeout | timeout error",
];

/** Words that ran together with a phase: `ConnectTimeout` and `ETIMEDOUT` say so alone. */
const CLOCK = [
  "timeout | timed out | time out | timedout | deadline exceeded | execution expired | etimedout | deadline has elapsed | elapsed | properly respond",
  "did not complete within | within the configured | in time | took too long | expired",
];

const CONNECT: TransportCause = {
  id: "timeout-connect",
  category: "timeout",
  title: "No connection to the receiver within the time allowed",
  nextStep:
    "Open the port of {receiver} to {provider}'s addresses: packets to it are dropped, by a firewall or because nothing is there.",
};

const RESPONSE: TransportCause = {
  id: "timeout-response",
  category: "timeout",
  title: "The receiver took the request and did not answer in time",
  nextStep: "Make {receiver} answer at once and do the work afterwards; look for what became slow there.",
};

export const POOL_RULES: readonly TransportRule[] = [
  {
    // https://www.python-httpx.org/exceptions/ (PoolTimeout) · Apache ConnectionPoolTimeoutException · reactor-netty · Finch · https://api.rubyonrails.org connection_pool
    cause: {
      id: "timeout-pool",
      category: "timeout",
      title: "The sender had no free connection in time",
      nextStep:
        "This is on {provider}'s side, mostly because earlier requests to {receiver} are slow: make it answer faster, or raise the size of the pool.",
    },
    any: [
      "queue timeout | waited too long for a connection | pool too busy | max wait queue | wait queue size | pool timeout | timeout waiting for connection from pool | timeout waiting for connection | connection pool timeout | connection pool timed out",
      "connection pool is full | pool exhausted | pool is exhausted | connection pool exhausted | pending acquire | pool acquire | pool acquire timeout",
      "acquire operation took longer | checkout timeout | could not obtain a connection | could not obtain connection | unable to acquire a connection",
      "timed out waiting for connection | timed out waiting for a connection | timed out waiting for an available connection | waiting for free connection",
      "excess queuing for connections | no free connections | too many connections | max open requests | exceeded configured max open requests | pool queue is full",
      "no available connection | no connection available | no connections available | no connection available in pool | connection request timeout",
      "curle no connection available | the max connection limit is reached | connection pool queue | waited in queue | max pending | pool limit | pool full",
      "could not acquire a connection | failed to acquire connection | acquiring connection | lease request | timeout deadline | acquire timeout | max requests queued",
      "connection is not available request timed out | connection not available | checking out a connection | pool size exceeded | waiting for a free",
    ],
    not: ["database | jdbc"],
  },
];

export const HANDSHAKE_TIMEOUT_RULES: readonly TransportRule[] = [
  {
    cause: {
      id: "timeout-tls",
      category: "timeout",
      title: "The TLS handshake with the receiver took too long",
      nextStep:
        "Look at what accepts connections for {receiver}: it took the connection and did not finish the TLS handshake. It is overloaded or something in between drops packets.",
    },
    any: [
      "handshake | ssl connect | ssl connection | secure connect | secureconnect | tls connection | starttls | tls negotiation | ssl negotiation",
    ],
    and: CLOCK,
    not: ["awaiting headers | time validity | certificate has expired | certificate expired | cert expired | alert"],
  },
];

export const PHASE_TIMEOUT_RULES: readonly TransportRule[] = [
  {
    // curl counts: `with 0 out of 0 bytes received` is no answer, anything else part of one.
    cause: RESPONSE,
    any: ["with 0 out of 0 bytes received | with 0 bytes received | with 0 out of -1 bytes received"],
  },
  {
    cause: {
      id: "timeout-body",
      category: "timeout",
      title: "The receiver began to answer and did not finish in time",
      nextStep:
        "Let {receiver} answer with a short body at once: it sent the headers and then stalled; look for what streams or buffers there.",
    },
    any: [
      "while reading body | reading body | body timeout | response timeout while trying to fetch | out of @n bytes received | with @n bytes received",
      "with @n out of | timeout awaiting read | reading response body | decoding response body | timeout recv body | read body | response body",
      "timed out while receiving data | while downloading | downloading | less than @n bytes sec transferred | operation too slow | bytes read timeout",
      "read the body | reading the body | from response body | body read | copying content to a stream | content stream | receiving body | body timed out",
      "while reading the response content | idle timeout while reading",
    ],
    and: RAN_OUT,
    not: ["awaiting headers"],
  },
  {
    cause: {
      id: "timeout-write",
      category: "timeout",
      title: "The receiver did not take the request in time",
      nextStep: "Look at {receiver}: it took the connection and read the request too slowly, or not at all.",
    },
    any: [
      "write timed out | write operation timed out | write timeout | write etimedout | writing | write tcp | send timeout | sending request body | awaiting send",
      "write data to the transport connection | writing request | upload timeout | timeout send | sending the request body | write operation",
      "sending timed out | send timed out | write timeout error | sending data | while sending | sending request timed out | timeout sending",
    ],
    and: RAN_OUT,
    not: ["awaiting headers | connection reset | broken pipe | error sending request for url"],
  },
  {
    // Windows words a lost read like a lost connect (10060); what it was doing stands before it.
    cause: RESPONSE,
    any: [
      "read data from the transport connection | read etimedout | read connection timed out | read operation timed out | recv failed | read i o timeout",
      "read timeout | read timed out | readtimeout | response timeout | headers timeout | awaiting headers | awaiting response headers | waiting for response",
      "receive timeout | reading data from socket | recv timeout | receive timed out | reading timed out | waiting for the response | first byte timeout",
    ],
    and: RAN_OUT,
    not: [
      "waiting for connection | dial tcp | failed to connect | connect timed out | connect timeout | urlopen error",
    ],
  },
  {
    cause: CONNECT,
    any: [
      "connect etimedout | connect timed out | connection timed out | connect timeout | connection timeout | open timeout | conn timeout | err connection timed out",
      "connecttimeout | connect timeout error | connect timeout exception | connection timedout | tcp connect timed out | connection establishment timed out",
      "timed out connecting | time out connecting | timeout connecting | timed out to connect | timeout while connecting | dial timeout | timeout awaiting connect",
      "dialing to the given tcp address timed out | connection attempt failed because the connected party | connect timeout reached | connect time out",
      "connection could not be established within | timeout connect | could not connect within | failed to connect within | connecting timed out",
      "und err connect timeout | http connect timeout | connect deadline | connection attempt timed out | connect to @host timed out | err connection timed out",
      "connect operation timed out | connection failed execution expired | canceled while waiting for connection | while establishing a connection | inet timeout | inet etimedout | after @n ms timeout was reached",
    ],
    not: ["read connection timed out | awaiting response"],
  },
  {
    cause: CONNECT,
    any: [
      "dial tcp | failed to open tcp connection | failed to connect | could not connect | couldnt connect | cannot connect | unable to connect | connecting to",
      "connection attempt | connection to | connect error | error trying to connect | tcp connect | on connect | connect exception | client error connect",
      "establish a connection | establish connection | establishing connection | failed to establish | new connection | failed connect | conn failed | connect call failed | while connecting",
      "failed to open stream | urlopen error | connect to | connection request to",
    ],
    and: [...CLOCK, "after @n ms | after @n milliseconds | after @n seconds"],
    not: [
      "request failed timed out | read timed out | read timeout | awaiting response | request timeout to | connection refused | no route to host",
    ],
  },
];

/** The clock without a phase: mostly the wait for the answer, which is the longest. */
export const TIMEOUT_RULES: readonly TransportRule[] = [
  {
    cause: RESPONSE,
    any: [
      "no response | no answer | no reply | not respond | not answer | not reply | didnt respond | didnt answer | didnt reply | response not received | without a response",
      "response time limit | second limit | seconds limit | deadline elapsed | deadline passed | deadline reached",
    ],
    and: [
      "within | exceeded | in time | in @n s | in @n seconds | in @n ms | after @n s | after @n seconds | after @n ms | before the deadline | time limit | deadline | after @n milliseconds",
    ],
  },
  {
    // HTTP/1.1 100-continue and the like count as waiting for the answer too.
    cause: RESPONSE,
    any: [
      "timeout | timed out | timedout | time out | deadline exceeded | execution expired | etimedout | esockettimedout | deadline has elapsed",
      "too slow to answer | too slow to respond | no http response received within | no http response within | took too long | operation too slow | no bytes received | not respond in time | did not respond within | not receive a response within | timeouts",
      "no response received within | no response within | exceeded the time | time limit exceeded | timeout period | max duration | req timedout",
      "did not observe any item | a task was canceled | no response in time | wait time exceeded | timeouterror | idle for too long | too long to respond",
      "seconds elapsing | did not receive response | deadlineexceeded | timeout exceeded | response not received | took longer than",
    ],
    not: [
      "task timed out after | gateway timeout | gateway time out | lock wait | statement timeout | session timed out | session timeout | function timed out",
    ],
  },
];
