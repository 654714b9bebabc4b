import {
  answered,
  broken,
  html,
  later,
  paused,
  type ScenarioCause,
  throttled,
  timedOut,
  unconnected,
} from "./cause.ts";

/** Causes where nothing useful came back: no answer, no connection, or Zendesk itself did not send. */
export const SILENCE_CAUSES: readonly ScenarioCause[] = [
  {
    name: "timeout-504-slow-receiver",
    category: "timeout",
    course: [
      timedOut(504),
      paused(timedOut(504), 5),
      paused(timedOut(504), 15),
      paused(timedOut(504), 30),
      paused(timedOut(504), 60),
    ],
    errorMessage: "Failed: 504 Gateway Timeout",
  },
  {
    name: "timeout-black-hole",
    category: "timeout",
    course: [timedOut(), paused(timedOut(), 5), paused(timedOut(), 15)],
    errorMessage: "no response within 12 seconds",
  },
  {
    name: "dns-name-gone",
    category: "dns",
    course: [unconnected()],
    errorMessage: "getaddrinfo ENOTFOUND {{host}}",
  },
  {
    name: "connection-refused",
    category: "connect",
    course: [unconnected()],
    errorMessage: "connect ECONNREFUSED {{ip}}:443",
  },
  {
    name: "certificate-expired",
    category: "tls",
    course: [unconnected()],
    errorMessage: "certificate has expired: notAfter={{iso:-86400}} host={{host}}",
  },
  {
    name: "throttled-then-terminated-403",
    category: "blocked",
    course: [throttled(), later(answered("terminated", 403))],
    response: html(
      "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n<hr><center>openresty</center>\r\n</body>\r\n</html>\r\n",
      [["Server", "openresty"]],
      "text/html",
    ),
  },
  {
    name: "throttled-then-circuit-broken",
    category: "circuit_open",
    course: [throttled(), later(broken())],
    errorMessage: "circuit breaker is open",
  },
  {
    name: "circuit-broken",
    category: "circuit_open",
    course: [broken()],
    errorMessage: "circuit breaker is open",
  },
  {
    name: "throttled-for-ever",
    category: "rate_limited",
    course: [throttled()],
    errorMessage: "held back by Zendesk",
  },
];
