import type { TransportCause, TransportRule } from "./rule.ts";

/** What stops a request inside the sender, before or while it goes out. */

const CIRCUIT_OPEN: TransportCause = {
  id: "circuit-open",
  category: "circuit_open",
  title: "Not sent: a circuit breaker was open",
  nextStep: "Mend the failures just before it at {receiver}; sending starts again by itself.",
};

/** https://martinfowler.com/bliki/CircuitBreaker.html · resilience4j, Polly, opossum, gobreaker, stoplight, fuse, circuits */
export const CIRCUIT_RULES: readonly TransportRule[] = [
  {
    cause: CIRCUIT_OPEN,
    any: [
      "circuit breaker | circuit breakers | gobreaker | circuitbreaker | circuit is open | circuit is now open | circuit open | open circuit",
      "breaker is open | breaker open | e open breaker | eopenbreaker | broken circuit | brokencircuit | isolated circuit",
      "call not permitted | hystrix circuit short circuited | short circuited and fallback | circuit broken | red light",
      "fuse blown | circuit has been opened | circuit was opened | breaker tripped | breaker is tripped",
    ],
  },
  {
    cause: CIRCUIT_OPEN,
    any: ["circuit | breaker"],
    and: ["open | opened | tripped | trips | broken | isolated | half open"],
    not: ["short circuit"],
  },
  {
    // https://www.pollydocs.org/strategies/rate-limiter.html · https://resilience4j.readme.io/docs/bulkhead
    cause: {
      id: "sender-throttled",
      category: "rate_limited",
      title: "Not sent: the sender's own limit of requests was reached",
      nextStep:
        "Raise {provider}'s limit of requests to {receiver}, or send less at once: the request was held back on the sender's side.",
    },
    any: [
      "rate limiter rejected | rate limiter does not permit | bulkhead is full | bulkhead rejected | bulkhead full",
      "request not permitted | does not permit further calls | concurrency limit reached | throttled by the client | rate wait",
      "rate limiter wait | rate limiter context | exceeds limiters | exceeds limiter s | max rate exceeded | rate limit rejected | ratelimitrejected | rate limited and should be retried | bucket full | bucketfull",
      "client side rate limit | sender rate limit | own rate limit | concurrent requests to this endpoint | token bucket | client side throttling",
      "^ throttled | delivery throttled | webhook throttled | request throttled | throttled by | delivery was throttled | rate limited by us | dropped by bottleneck",
      "held back by | was held back | request held back | delivery held back | concurrency limit | outbound rate limit | outbound limit | local rate limit | sending rate limit | delivery rate limit",
      "rate limit exception | rate limit exceeded exception | rate limited exception | delivery delayed | concurrent deliveries | too many concurrent deliveries",
      "would exceed context deadline | rejected by the rate limiter | the operation could not be executed because it was rejected",
    ],
  },
];

/** What the sender's machine ran out of. errno(3): https://man7.org/linux/man-pages/man3/errno.3.html · Windows: https://learn.microsoft.com/windows/win32/winsock/windows-sockets-error-codes-2 */
export const RESOURCE_RULES: readonly TransportRule[] = [
  {
    cause: {
      id: "sender-no-ports",
      category: "connect",
      title: "The sender had no local port left",
      nextStep:
        "This is on {provider}'s side: too many connections open or just closed. Let it keep connections alive and send less at once; {receiver} need not change.",
    },
    any: [
      "cannot assign requested address | cant assign requested address | requested address is not valid in its context | eaddrnotavail",
      "addr not available | address not available | address not avail | failed to assign requested address | wsaeaddrnotavail",
      "only one usage of each socket address | address already in use | eaddrinuse | addr in use | address in use | wsaeaddrinuse",
      "ephemeral port | ephemeral ports | ports exhausted | port exhaustion | no local port | out of ports | snat",
      "cannot assign requested | cannot bind local address | failed binding local connection end | bind failed | could not bind",
      "queue was full | lacked sufficient buffer space | errno 99 | os error 99 | errno 49 | os error 49 | errno 98 | os error 98",
      "error 10048 | error 10049 | exception 10048 | exception 10049 | error 10055 | exception 10055 | no buffer space supported",
    ],
  },
  {
    cause: {
      id: "sender-no-files",
      category: "connect",
      title: "The sender had too many files and sockets open",
      nextStep:
        "This is on {provider}'s side: raise its limit of open files, or look for connections that it does not close; {receiver} need not change.",
    },
    any: [
      "too many open files | emfile | enfile | file table overflow | too many open sockets | out of file descriptors",
      "no file descriptors | file descriptor limit | open file limit | descriptor table full | wsaemfile | too many files open",
      "errno 24 | os error 24 | errno 23 | os error 23 | error 10024 | exception 10024",
    ],
  },
  {
    cause: {
      id: "sender-no-memory",
      category: "connect",
      title: "The sender had no memory left",
      nextStep: "This is on {provider}'s side: its machine ran out of memory or buffers; {receiver} need not change.",
    },
    any: [
      "no buffer space available | enobufs | no buffers | cannot allocate memory | cant allocate memory | enomem | no buffer space",
      "insufficient resources | err insufficient resources | insufficient memory | unable to create native thread",
      "errno 12 | os error 12 | errno 105 | os error 105 | memory allocation failed | err out of memory | wsaenobufs",
      "cant start new thread | can t start new thread | cannot create thread",
    ],
  },
];

const CANCELLED: TransportCause = {
  id: "sender-cancelled",
  category: "unknown",
  title: "The sender cancelled the request",
  nextStep:
    "Look at why {provider} gave up: a restart, a deployment or a deadline of its own job. If {receiver} was slow then, make it answer at once and work afterwards.",
};

/** The sender ended the request itself. */
export const CANCEL_RULES: readonly TransportRule[] = [
  {
    // https://pkg.go.dev/context#Canceled · https://developer.mozilla.org/docs/Web/API/AbortController · OkHttp, java.util.concurrent, .NET, gRPC
    cause: CANCELLED,
    any: [
      "context canceled | context cancelled | request canceled | request cancelled | canceled error",
      "cancelled error | cancelled exception | cancellation exception | operation canceled | operation cancelled | abort error",
      "operation was aborted | this operation was aborted | the user aborted a request | user aborted | request aborted | request was aborted",
      "err canceled | err cancelled | task canceled | task cancelled | aborted by an application callback | aborted by callback",
      "callback aborted | aborted by user | io exception canceled | err aborted",
      "request has been aborted | und err aborted | request execution aborted | interrupted exception | sleep interrupted | thread interrupted",
      "task was destroyed | dispatcher shutdown | executor rejected | executor shutdown | client is closed | client was closed",
      "und err destroyed | und err closed | the client is destroyed | the client is closed | client has been closed | shutting down",
      "cannot send a request as the client has been closed | connection pool shut down | session is closed | executor has been shut down",
      "e interrupted | eintr | call interrupted | interrupted system call | operation was canceled | aborted by client | aborted by the client",
    ],
    not: [
      "a task was canceled | timeout | timed out | time out | deadline | deadline exceeded | elapsing | elapsed | awaiting headers | stream",
    ],
  },
  {
    cause: CANCELLED,
    any: [
      "was canceled | was cancelled | cancelled by | canceled by | canceled $ | cancelled $ | is canceled | is cancelled",
    ],
    and: [
      "request | operation | task | context | call | http | io | error | hook | delivery | connection | exception | ^ canceled | ^ cancelled",
    ],
    not: ["a task was canceled | timeout | timed out | time out | deadline | elapsing | order | subscription | user"],
  },
];
