import type { Told } from "./rule.ts";

/** What the plain error pages of a web server or load balancer mean, code by code, with what is special to this one on top. */
export function pages(emitter: string, special: Readonly<Record<string, Told>> = {}): Record<string, Told> {
  const log = `Look into the error log of the ${emitter} in front of {receiver}`;
  const moved: Told = [
    "gone_or_moved",
    `${emitter} {code}: it redirects to another address`,
    "Set the endpoint URL of {webhook} to the address in the Location header; {provider} does not follow redirects of a POST",
  ];
  return {
    "301": moved,
    "302": moved,
    "303": moved,
    "307": moved,
    "308": moved,
    "400": ["bad_request", `${emitter} 400: it refused the request as malformed`, `${log} for what it found malformed`],
    "401": [
      "auth",
      `${emitter} 401: it asks for a user and password`,
      `Give {webhook} the credentials that the ${emitter} of {receiver} asks for`,
    ],
    "403": [
      "blocked",
      `${emitter} 403: its rules forbid this request`,
      `Allow {provider}'s addresses and the webhook's path in the rules of the ${emitter} in front of {receiver}`,
    ],
    "404": [
      "not_found",
      `${emitter} 404: there is nothing at this path`,
      `Compare the path of {webhook}'s endpoint URL with the routes of the ${emitter} at {receiver}`,
    ],
    "405": [
      "bad_request",
      `${emitter} 405: this path does not take this method`,
      `Check the path: at {receiver} the ${emitter} serves it for other methods only`,
    ],
    "406": ["blocked", `${emitter} 406: it refused the request`, `${log}; a security module answers like this`],
    "408": [
      "timeout",
      `${emitter} 408: the request did not arrive in time`,
      `Raise the time that the ${emitter} of {receiver} waits for a request`,
    ],
    "410": [
      "gone_or_moved",
      `${emitter} 410: what was here is gone for good`,
      "Ask the owner of {receiver} for the new address, or delete {webhook}",
    ],
    "411": [
      "bad_request",
      `${emitter} 411: it wants a Content-Length`,
      `Let the ${emitter} of {receiver} accept chunked requests`,
    ],
    "413": [
      "payload_too_large",
      `${emitter} 413: the payload is larger than it allows`,
      `Raise the size of body that the ${emitter} in front of {receiver} allows`,
    ],
    "414": [
      "payload_too_large",
      `${emitter} 414: the URL is longer than it allows`,
      "Shorten the query of {webhook}'s endpoint URL",
    ],
    "415": [
      "bad_request",
      `${emitter} 415: it does not take this content type`,
      "Set the format of {webhook} to what {receiver} takes",
    ],
    "421": [
      "bad_request",
      `${emitter} 421: this host is not served on this connection`,
      `Add {receiver} to the names that the ${emitter} serves`,
    ],
    "429": [
      "rate_limited",
      `${emitter} 429: too many requests`,
      `Raise the rate that the ${emitter} of {receiver} allows {provider}'s addresses`,
    ],
    "431": [
      "payload_too_large",
      `${emitter} 431: the headers are larger than it allows`,
      `Raise the size of headers that the ${emitter} of {receiver} allows`,
    ],
    "500": [
      "server_error",
      `${emitter} 500: it or the app behind it broke`,
      `${log} and of the app behind it at the time of the attempt`,
    ],
    "501": [
      "bad_request",
      `${emitter} 501: it does not know this method`,
      `Check that {webhook} posts to the app and not to a file of {receiver}`,
    ],
    "502": [
      "gateway",
      `${emitter} 502: the app behind it did not answer properly`,
      `See whether the app behind the ${emitter} of {receiver} runs and listens on the port it is proxied to`,
    ],
    "503": [
      "gateway",
      `${emitter} 503: nothing behind it takes requests`,
      `See whether the app behind the ${emitter} of {receiver} is up, and not under maintenance or over its limits`,
    ],
    "504": [
      "timeout",
      `${emitter} 504: the app behind it took too long`,
      `Find what is slow in the app behind the ${emitter} of {receiver}; answer first and work later`,
    ],
    "505": [
      "bad_request",
      `${emitter} 505: it does not speak this version of HTTP`,
      `Allow HTTP/1.1 at the ${emitter} of {receiver}`,
    ],
    "507": ["platform_quota_or_sleep", `${emitter} 507: its disk is full`, "Free space at {receiver}"],
    ...special,
  };
}

/** The rest of a family of pages. */
export function otherPage(emitter: string): Told {
  return [
    "server_error",
    `${emitter} answered {code}`,
    `Look into the error log of the ${emitter} in front of {receiver}`,
  ];
}
