import type { TransportRule } from "./rule.ts";

/**
 * Own policy: addresses that a sender does not send to. https://docs.gitlab.com/security/webhooks/ ·
 * https://github.com/stripe/smokescreen · https://github.com/azu/request-filtering-agent · https://github.com/arkadiyt/ssrf_filter ·
 * https://symfony.com/doc/current/http_client.html#blocking-private-networks · https://github.com/doyensec/safeurl
 */
export const POLICY_RULES: readonly TransportRule[] = [
  {
    cause: {
      id: "port-not-allowed",
      category: "blocked",
      title: "The sender does not send to that port",
      nextStep:
        "Serve {receiver} on a usual port (443) and put it into the webhook's URL: {provider} refuses this one.",
    },
    // https://fetch.spec.whatwg.org/#port-blocking
    any: [
      "bad port | unsafe port | port is not allowed | port not allowed | only ports | disallowed port | port is blocked",
    ],
    not: ["err socket bad port | range"],
  },
  {
    // It answers 407, and clients show that as `Request rejected by proxy` (https://github.com/stripe/smokescreen).
    cause: {
      id: "proxy-address-not-allowed",
      category: "blocked",
      title: "The sender's proxy does not let requests to the receiver's address out",
      nextStep:
        "Give {receiver} a public address, or allow it in the rules of {provider}'s outgoing proxy: the request got no further.",
    },
    any: ["egress proxying | rejected by proxy | smokescreen | denied by rule"],
  },
  {
    cause: {
      id: "address-not-allowed",
      category: "blocked",
      title: "The sender does not send to the receiver's address",
      nextStep:
        "Give the webhook a URL that {provider} may send to: a public address, over https, on a port that it allows.",
    },
    any: [
      "private ip | private ips | private address | private network | private networks | private range | private ip address",
      "private connection attempted | unacceptable address | internal ip | internal address | internal network | local network",
      "localhost is not allowed | loopback address | loopback | link local | reserved ip | reserved address | non public",
      "not publicly | not a public | no public ip | not public | non global | not globally | ssrf | url is blocked | url blocked",
      "host is blocked | is blocked for | host blocked | blocked host | blocked ip | blocked address | address is blocked | ip is blocked",
      "disallowed address | disallowed ip | disallowed host | forbidden ip | forbidden address | forbidden host | address forbidden",
      "prohibited ip | prohibited address | blacklisted | denylist | denylisted | blocklist | blocklisted | in deny list",
      "not in allowlist | not found in allowlist | not in the allowlist | not in the allow list | not whitelisted | allowed host list",
      "address is not allowed | host is not allowed | ip is not allowed | url is not allowed | host not allowed | ip not allowed",
      "address not allowed | not allowed address | not an allowed | allowed http servers | allowed untrusted internal connections",
      "destination address was denied | egress denied | egress policy | metadata service",
      "point to localhost | point to @host | blocked range | blocked ranges | allowed domains | allowed hosts | public addresses | public ips | target address @host is",
      "@host is not allowed | @host is forbidden | @host is blocked | @host is not permitted | non routable | not routable | nonroutable | internal host | internal hosts | rfc 1918 | rfc1918 | @host is reserved | is not a permitted destination",
      "connections to @host are not allowed | requests to @host are not allowed | internal ips | internal addresses | restricted address | restricted ip | local addresses are | local ips | blocked by your administrator | not allowed by the administrator",
      "on the allow list | in the allow list | on the allowlist | in the allowlist | requests to the local | requests to localhost | egress filter | outbound filter",
      "blocked by policy | blocked requests through http | err blocked by client | call to @host is blocked | private subnet",
    ],
    not: ["redirect | tunnel | connect tunnel"],
  },
  {
    // `EACCES`, `EPERM` and `WSAEACCES` of connect(2): https://man7.org/linux/man-pages/man2/connect.2.html
    cause: {
      id: "sender-firewall",
      category: "connect",
      title: "The sender's own machine does not let the connection out",
      nextStep:
        "Look at the outgoing firewall rules of {provider}: its own system refused the connection to {receiver}.",
    },
    any: [
      "connect operation not permitted | connect permission denied | connect eacces | connect eperm | connect access denied",
      "access a socket in a way forbidden | failed permission denied | failed operation not permitted | reason eacces | reason eperm",
      "os error 1 | errno 1 operation not permitted | errno 13 permission denied | os error 13 | inet eacces | permission denied connect",
      "eacces permission denied | eperm operation not permitted | permission denied no further information | error 10013 | errno 10013",
      "err network access denied | socket access denied | immediate connect fail for @host permission denied",
    ],
  },
];
