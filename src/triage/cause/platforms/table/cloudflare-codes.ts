import type { Told } from "../rule.ts";

export const ALLOW =
  "Find the rule by the Ray ID in Cloudflare's security events of {receiver}, and let {provider}'s addresses pass";

export const KNOWN: Record<string, Told> = {
  "1000": [
    "dns",
    "Cloudflare 1000: the DNS record points to a prohibited address",
    "Point {receiver}'s DNS record to its origin, not to an address of Cloudflare",
  ],
  "1001": [
    "dns",
    "Cloudflare 1001: it cannot resolve this host",
    "Check that {receiver} has a DNS record in an active Cloudflare zone",
  ],
  "1002": [
    "dns",
    "Cloudflare 1002: the DNS record points to a restricted address",
    "Point {receiver}'s DNS record to a public address of its origin",
  ],
  "1003": [
    "blocked",
    "Cloudflare 1003: direct access by IP address is not allowed",
    "Use a host name in {webhook}'s endpoint URL instead of an IP address",
  ],
  "1004": [
    "not_found",
    "Cloudflare 1004: this host is not set up at Cloudflare",
    "Finish the set-up of {receiver} in its Cloudflare zone",
  ],
  "1005": ["blocked", "Cloudflare 1005: the sender's network is banned", ALLOW],
  "1006": ["blocked", "Cloudflare 1006: the sender's address is banned", ALLOW],
  "1007": ["blocked", "Cloudflare 1007: the sender's address is banned", ALLOW],
  "1008": ["blocked", "Cloudflare 1008: the sender's address is banned", ALLOW],
  "1009": ["blocked", "Cloudflare 1009: the sender's country is banned", ALLOW],
  "1010": [
    "blocked",
    "Cloudflare 1010: banned by the look of the client",
    "Switch off the Browser Integrity Check of Cloudflare for the webhook's path at {receiver}",
  ],
  "1011": [
    "blocked",
    "Cloudflare 1011: hotlink protection refused it",
    "Switch off hotlink protection for the webhook's path at {receiver}",
  ],
  "1012": ["blocked", "Cloudflare 1012: access denied", ALLOW],
  "1013": [
    "tls",
    "Cloudflare 1013: the host of the request is not that of the TLS connection",
    "Make {webhook} send the Host header of its endpoint URL",
  ],
  "1014": [
    "gateway",
    "Cloudflare 1014: a CNAME across Cloudflare accounts is banned",
    "Add {receiver} as a custom hostname (Cloudflare for SaaS) at the account it points to",
  ],
  "1015": [
    "rate_limited",
    "Cloudflare 1015: rate limited",
    "Raise the rate limiting rule of {receiver}'s Cloudflare zone for the webhook's path, or let {provider}'s addresses skip it",
  ],
  "1016": [
    "dns",
    "Cloudflare 1016: it cannot resolve your origin",
    "Correct the DNS record or tunnel that {receiver} points to in its Cloudflare zone",
  ],
  "1018": [
    "not_found",
    "Cloudflare 1018: it does not know this host yet",
    "Check that {receiver}'s zone is active at Cloudflare; a new one takes some minutes",
  ],
  "1019": [
    "server_error",
    "Cloudflare 1019: a Worker calls itself in a loop",
    "Stop the Worker of {receiver} from fetching its own route",
  ],
  "1020": ["blocked", "Cloudflare 1020: a firewall rule denied access", ALLOW],
  "1023": [
    "not_found",
    "Cloudflare 1023: it does not know this host",
    "Check that {receiver}'s zone is active at Cloudflare",
  ],
  "1025": ["not_found", "Cloudflare 1025: the zone is not active", "Activate {receiver}'s zone at Cloudflare"],
  "1027": [
    "platform_quota_or_sleep",
    "Cloudflare 1027: the Worker is over its daily requests",
    "Move the Worker of {receiver} to a paid plan, or wait for midnight UTC",
  ],
  "1033": [
    "gateway",
    "Cloudflare 1033: the tunnel to your origin is down",
    "Start cloudflared at the origin of {receiver} and check that its tunnel is healthy",
  ],
  "1034": [
    "blocked",
    "Cloudflare 1034: the address of the record is restricted",
    "Point {receiver}'s DNS record to the address that Cloudflare assigned to it",
  ],
  "1101": [
    "server_error",
    "Cloudflare 1101: the Worker threw an exception",
    "Read the exception in the Worker's logs of {receiver} (wrangler tail)",
  ],
  "1102": [
    "platform_quota_or_sleep",
    "Cloudflare 1102: the Worker used up its CPU time or memory",
    "Make the Worker of {receiver} do less per request, or raise its CPU limit",
  ],
  "1104": ["server_error", "Cloudflare 1104: the Worker script is missing", "Deploy the Worker of {receiver} again"],
  "1106": ["blocked", "Cloudflare 1106: the sender's address is banned", ALLOW],
  "1200": [
    "gateway",
    "Cloudflare 1200: too many requests wait for your origin",
    "Make the origin of {receiver} answer faster; Cloudflare queues no more for it",
  ],
  "500": [
    "server_error",
    "Cloudflare 500: something broke at Cloudflare or your origin",
    "Look into the origin's log of {receiver}, then Cloudflare's status page",
  ],
  "502": [
    "gateway",
    "Cloudflare 502: your origin gave a bad gateway",
    "See whether the server and the proxy at {receiver}'s origin run; Cloudflare reached no working one",
  ],
  "503": [
    "gateway",
    "Cloudflare 503: your origin is unavailable",
    "See whether the origin of {receiver} is overloaded or under maintenance",
  ],
  "504": [
    "timeout",
    "Cloudflare 504: your origin took too long",
    "Find what is slow at {receiver}'s origin; answer first and work later",
  ],
  "520": [
    "gateway",
    "Cloudflare 520: your origin answered something Cloudflare cannot read",
    "Look at {receiver}'s origin for crashes, resets and headers over 128 kB at the time of the attempt",
  ],
  "521": [
    "gateway",
    "Cloudflare 521: your origin refused the connection",
    "Start the web server at {receiver}'s origin and let Cloudflare's addresses through its firewall",
  ],
  "522": [
    "timeout",
    "Cloudflare 522: your origin did not answer",
    "Open ports 80 and 443 of {receiver}'s origin to Cloudflare's addresses, and check that it is not overloaded",
  ],
  "523": [
    "gateway",
    "Cloudflare 523: your origin cannot be reached",
    "Correct the origin address in {receiver}'s DNS record at Cloudflare, and its routing",
  ],
  "524": [
    "timeout",
    "Cloudflare 524: your origin took longer than 100 seconds",
    "Let {receiver} answer the webhook at once and do the work afterwards",
  ],
  "525": [
    "tls",
    "Cloudflare 525: the TLS handshake with your origin failed",
    "Check that {receiver}'s origin serves TLS on port 443 with a certificate for that name",
  ],
  "526": [
    "tls",
    "Cloudflare 526: your origin's certificate is not valid",
    "Renew the certificate of {receiver}'s origin, or install an origin certificate of Cloudflare",
  ],
  "527": [
    "gateway",
    "Cloudflare 527: Railgun lost your origin",
    "Check the Railgun listener at {receiver}'s origin, or switch Railgun off",
  ],
  "530": [
    "gateway",
    "Cloudflare 530: it cannot reach your origin",
    "See the 1xxx code beside it in Cloudflare's dashboard; check {receiver}'s DNS record and tunnel",
  ],
};

export const OTHER: Told = [
  "gateway",
  "Cloudflare {1}: it could not serve the request",
  "Look the code {1} up in Cloudflare's documentation and its dashboard of {receiver}",
];
