import type { CauseCategory } from "../../cause.ts";
import { ABOUT_NAMES } from "./names.ts";
import type { TransportCause, TransportRule } from "./rule.ts";

/** The sender's own way out: https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6 (CONNECT), https://www.rfc-editor.org/rfc/rfc1928 (SOCKS). */

/** That a text is about the sender's proxy. */
const ABOUT_PROXY = [
  "proxy | proxies | proxyconnect | proxy error | proxy connect | proxy connection | socks | socks4 | socks5 | connect tunnel | tunnel | tunneling",
  "proxy connect error | tunneling socket | http tunneling | socks proxy | code for connect | connect refused by proxy | via @host after",
  "port 3128 | err tunnel connection failed | unsuccessful tunnel | tunnel error | socks connect",
];

/** The upstream side of somebody else's proxy, and TLS on top. */
const NOT_OURS = ["upstream | reverse proxy | certificate | self signed | proxy request"];

/** What a proxy may answer to CONNECT. */
interface ProxyAnswer {
  code: number;
  /** The status text, which Go's net/http gives alone: `Post "https://…": Forbidden`. */
  text: string;
  category: CauseCategory;
  title: string;
  nextStep: string;
}

const UNAUTHENTICATED: ProxyAnswer = {
  code: 407,
  text: "proxy authentication required",
  category: "auth",
  title: "The sender's proxy wants other credentials",
  nextStep:
    "Correct user and password of {provider}'s outgoing proxy: it refused them, and {receiver} never saw the request.",
};

const FORBIDDEN: ProxyAnswer = {
  code: 403,
  text: "forbidden",
  category: "blocked",
  title: "The sender's proxy does not let requests to the receiver out",
  nextStep:
    "Allow {receiver} in the rules of {provider}'s outgoing proxy: it refused the request, and {receiver} never saw it.",
};

const ANSWERS: readonly ProxyAnswer[] = [
  UNAUTHENTICATED,
  FORBIDDEN,
  {
    code: 503,
    text: "service unavailable",
    category: "gateway",
    title: "The sender's proxy could not reach the receiver (503)",
    nextStep: "Look into the log of {provider}'s outgoing proxy: it could not connect to {receiver}, or is overloaded.",
  },
  {
    code: 502,
    text: "bad gateway",
    category: "gateway",
    title: "The sender's proxy could not reach the receiver (502)",
    nextStep: "Look into the log of {provider}'s outgoing proxy: it could not resolve {receiver} or connect to it.",
  },
  {
    code: 504,
    text: "gateway timeout",
    category: "timeout",
    title: "The sender's proxy got no connection to the receiver in time (504)",
    nextStep:
      "Look into the log of {provider}'s outgoing proxy, and open the port of {receiver} to the proxy's addresses.",
  },
  {
    code: 500,
    text: "internal server error",
    category: "gateway",
    title: "The sender's proxy failed (500)",
    nextStep:
      "Look into the log of {provider}'s outgoing proxy: it failed itself, and {receiver} never saw the request.",
  },
  {
    code: 429,
    text: "too many requests",
    category: "rate_limited",
    title: "The sender's proxy takes no more requests for now (429)",
    nextStep: "Raise the limit of {provider}'s outgoing proxy, or send less at once: {receiver} never saw the request.",
  },
  {
    code: 404,
    text: "not found",
    category: "gateway",
    title: "What should be the sender's proxy is none (404)",
    nextStep: "Correct the address of {provider}'s outgoing proxy: what answers there does not know CONNECT.",
  },
  {
    code: 405,
    text: "method not allowed",
    category: "gateway",
    title: "What should be the sender's proxy is none (405)",
    nextStep: "Correct the address of {provider}'s outgoing proxy: what answers there does not know CONNECT.",
  },
  {
    code: 400,
    text: "bad request",
    category: "gateway",
    title: "The sender's proxy did not understand the request (400)",
    nextStep: "Check address and scheme of {provider}'s outgoing proxy: it answered 400 to CONNECT.",
  },
];

function causeOf({ code, category, title, nextStep }: ProxyAnswer): TransportCause {
  return { id: `proxy-connect-${code}`, category, title, nextStep };
}

const BEFORE_A_CODE =
  "status,code,response,returns,returned,1 1,1 0,failed,connect,error,with,got,answered,http,replied".split(",");

function answered(answer: ProxyAnswer): TransportRule[] {
  const { code, text } = answer;
  const cause = causeOf(answer);
  return [
    { cause, any: BEFORE_A_CODE.map((word) => `${word} ${code}`), and: ABOUT_PROXY, not: NOT_OURS },
    {
      cause,
      any: [
        `^ post @url ${text} $ | ^ put @url ${text} $ | ^ patch @url ${text} $ | ^ get @url ${text} $ | ^ delete @url ${text} $`,
      ],
    },
  ];
}

const NO_NAME: TransportCause = {
  id: "proxy-name-not-found",
  category: "dns",
  title: "The name of the sender's proxy does not exist",
  nextStep: "Correct the host of the outgoing proxy in {provider}'s settings: its name cannot be resolved.",
};

export const PROXY_RULES: readonly TransportRule[] = [
  {
    // SOCKS answers 2 and the methods of RFC 1929; curl, PySocks, .NET, golang.org/x/net/proxy
    cause: causeOf(UNAUTHENTICATED),
    any: [
      "authenticate with the socks server | user was rejected by the socks | no authentication method was acceptable | suitable authentication method",
      "socks5 authentication failed | socks authentication failed | socks server requested username | proxy authentication | authenticate with proxy",
      "proxy requires authentication | proxy requires credentials | proxy authorization required | failed to authenticate with proxy | no acceptable authentication methods | err proxy auth | proxy auth required",
      "all offered socks5 authentication methods were rejected | proxy credentials | err proxy auth unsupported | proxy login",
    ],
  },
  ...ANSWERS.flatMap(answered),
  {
    cause: causeOf(FORBIDDEN),
    any: ABOUT_PROXY,
    and: ["not allowed by ruleset | connection not allowed | access denied | denied | policy | blocked | forbidden"],
    not: NOT_OURS,
  },
  {
    cause: NO_NAME,
    any: [
      "could not resolve proxy | couldnt resolve proxy | resolve proxy name | couldnt resolve proxy name | cannot resolve proxy",
      "unknown proxy | resolving proxy | resolve proxy",
    ],
  },
  {
    cause: NO_NAME,
    any: ABOUT_PROXY,
    and: [
      "no such host | enotfound | name or service not known | unknown host | nxdomain | getaddrinfo | name resolution",
      ...ABOUT_NAMES,
    ],
    not: [...NOT_OURS, "socks5 host unreachable"],
  },
  {
    cause: {
      id: "proxy-timeout",
      category: "timeout",
      title: "The sender's proxy did not answer in time",
      nextStep:
        "Look at the outgoing proxy of {provider}: it is overloaded or not reachable; {receiver} never saw the request.",
    },
    any: ABOUT_PROXY,
    and: ["timeout | timed out | etimedout | time out | in time | deadline exceeded | ttl expired | timedout"],
    not: NOT_OURS,
  },
  {
    cause: {
      id: "proxy-refused",
      category: "connect",
      title: "The sender's proxy could not be reached",
      nextStep:
        "Start the outgoing proxy of {provider} or correct its address: requests do not get as far as {receiver}.",
    },
    any: ABOUT_PROXY,
    and: [
      "refused | econnrefused | unable to connect | cannot connect | cant connect | failed to connect | could not connect | couldnt connect",
      "unreachable | ehostunreach | no route to host | error connecting | err proxy connection failed | connect error | connection failed",
      "connection to proxy | connection to the proxy | connect to proxy | connect to the proxy | could not be reached | cannot be reached | could not reach | unable to reach | socks connection | proxy connection failed | cannot connect to proxy",
    ],
    not: NOT_OURS,
  },
  {
    cause: {
      id: "proxy-broken",
      category: "gateway",
      title: "The sender's proxy broke off",
      nextStep:
        "Look into the log of {provider}'s outgoing proxy: it gave no usable answer to CONNECT; {receiver} never saw the request.",
    },
    any: ABOUT_PROXY,
    and: [
      "aborted | reset | closed | eof | hang up | malformed | failed | invalid | unexpected | error | unsuccessful | established | general failure",
      "bad response | disconnected | empty | too many tunnel connections",
    ],
    not: NOT_OURS,
  },
];
