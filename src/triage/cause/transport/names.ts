import type { TransportCause, TransportRule } from "./rule.ts";

const RESOLVER_UNREACHABLE: TransportCause = {
  id: "dns-resolver-unreachable",
  category: "dns",
  title: "The sender could not reach its own name server",
  nextStep:
    "This is on {provider}'s side: its resolver does not answer. Wait, and tell their support if it lasts; {receiver} need not change.",
};

const TIMEOUT: TransportCause = {
  id: "dns-timeout",
  category: "dns",
  title: "The name servers of the receiver's domain did not answer in time",
  nextStep: "Check the name servers of {receiver}'s domain: they are slow or down, or {provider}'s resolver is.",
};

const TEMPORARY: TransportCause = {
  id: "dns-temporary",
  category: "dns",
  title: "The receiver's host name could not be resolved for now",
  nextStep:
    "Check the name servers of {receiver}'s domain (SERVFAIL, DNSSEC); if others resolve it, it is {provider}'s resolver, and passes.",
};

const NO_ADDRESS: TransportCause = {
  id: "dns-no-address",
  category: "dns",
  title: "The receiver's host name has no address",
  nextStep: "Add an A or AAAA record for {receiver}: the name exists and has none.",
};

const NOT_FOUND: TransportCause = {
  id: "dns-not-found",
  category: "dns",
  title: "The receiver's host name does not exist",
  nextStep:
    "Check the host in the webhook's URL for a typo, and that {receiver} has a public DNS record; an expired domain looks the same.",
};

/** That a text is about names at all. */
export const ABOUT_NAMES = [
  "dns | resolve | resolving | resolution | resolver | resolved | name lookup | namelookup | getaddrinfo | gethostbyname | lookup | name server",
  "nameserver | hostname lookup | host name lookup | query a | query aaaa | querya | queryaaaa | php network getaddresses | inet res",
];

const RAN_OUT = [
  "timeout | timed out | time out | timedout | etimeout | etimedout | err timed out | deadline exceeded | expired | too long",
];

/**
 * The host's name could not be turned into an address. Go's net.DNSError (https://pkg.go.dev/net#DNSError), getaddrinfo(3) of glibc, musl, macOS
 * (https://man7.org/linux/man-pages/man3/getaddrinfo.3.html), Windows (https://learn.microsoft.com/windows/win32/winsock/windows-sockets-error-codes-2),
 * c-ares and Node (https://nodejs.org/api/dns.html#error-codes), the JVM, Netty, Erlang's inet, hickory-dns.
 */
export const NAME_RULES: readonly TransportRule[] = [
  {
    cause: RESOLVER_UNREACHABLE,
    any: ["lookup @host on"],
    and: [
      "read connection refused | read udp @host @host read connection refused | connect connection refused | no route to host | network is unreachable",
      "dial udp @host | operation not permitted | permission denied | connection reset by peer | cannot assign requested address",
    ],
    not: ["i o timeout"],
  },
  {
    cause: RESOLVER_UNREACHABLE,
    any: [
      "could not contact dns servers | couldnt contact dns servers | cannot contact dns | no nameservers | no name servers | no servers could be reached",
      "no dns servers | could not reach dns | no connections available proto error | econnrefused on dns | no name server | dns server unreachable",
      "resolver not available | querya econnrefused | query a econnrefused | query aaaa econnrefused | dns servers are unreachable",
    ],
  },
  {
    cause: TIMEOUT,
    any: ABOUT_NAMES,
    and: RAN_OUT,
    not: [
      "connection timed out | connect timed out | connect timeout | handshake | reset | client timeout | read timed out | certificate",
      "resolved address | proxyconnect",
    ],
  },
  {
    // Go: `lookup x on 10.0.0.2:53: read udp …: i/o timeout`; got: `Timeout awaiting 'lookup'`; curl: `Resolving timed out`; aiodns.
    cause: TIMEOUT,
    any: [
      "resolv timeout | resolving timed out | timeout awaiting lookup | timeout while contacting dns servers | dns query timed out | dns timeout | timeout resolve",
      "name lookup timed out | etimeout | querya etimeout | query timed out after | resolve timeout | resolution timed out | dns err timed out",
    ],
  },
  {
    cause: TEMPORARY,
    any: [
      "server misbehaving | eai again | temporary failure in name resolution | servfail | eservfail | temporary failure resolving",
      "resource temporarily unavailable @host | temporary error during hostname resolution | host not found try again | temporary dns",
      "dns server returned general failure | name resolution failed temporarily | error during hostname resolution | temporarily cannot resolve",
      "errno -3 | gaierror -3 | dns server failure | no answer from dns | nohost try again | error 11002 | exception 11002 | socket error try again",
      "failed temporarily | host not found non authoritative | non authoritative try again | wsatry again | response code server failure | name resolution temporary | dns temporary | domain name temporarily | dnssec | validation failure resolving",
    ],
    not: ["certificate | try again later | pool | resource temporarily unavailable os error 11"],
  },
  {
    // musl's EAI_AGAIN is just `Try again`: https://git.musl-libc.org/cgit/musl/tree/src/network/gai_strerror.c
    cause: TEMPORARY,
    any: ["try again $ | temporary failure | server failure"],
    and: [...ABOUT_NAMES, "unknown host exception"],
  },
  {
    // EAI_FAIL, REFUSED, FORMERR, NOTIMP: a name server answered and would not.
    cause: {
      id: "dns-server-refused",
      category: "dns",
      title: "A name server refused to resolve the receiver's host name",
      nextStep:
        "Check that the name servers of {receiver}'s domain really serve it (delegation); if others resolve it, {provider}'s resolver refuses.",
    },
    any: [
      "query failed with refused | response code refused | rcode refused | status refused | erefused | dns server refused | query refused | eai fail | non recoverable failure in name resolution | non recoverable error occurred during a database lookup",
      "unrecoverable error in call to nameserver | eformerr | enotimp | errno -4 | gaierror -4 | formerr | notimp",
      "misformatted query | dns server claims query was misformatted | eservfail refused | server refused the query | 11003",
    ],
  },
  {
    cause: NO_ADDRESS,
    any: [
      "no address associated with | enodata | eai nodata | no data record of | wsano data | no data of the requested type | no suitable address",
      "returned no addresses | no addresses found | no addresses for | eai addrfamily | address family for hostname not supported",
      "name has no usable address | no usable address | has no a record | no a record | no aaaa record",
      "dns server returned answer with no data | answer with no data | errno -5 | gaierror -5 | errno -9 | no dns records | no dns entries",
      "couldnt find dns entries | dns returned no | empty dns response | host has no addresses | no ip address | no ip addresses",
      "no addresses to connect | resolved to no addresses | resolve to any address | unresolvable to an address | 11004 | name valid but no",
      "nodata | no a or aaaa | does not contain an answer | no answer to the question | noanswer | no ipv4 address | no ipv6 address | address list is empty | no known addresses",
    ],
    not: ["socks"],
  },
  {
    cause: NOT_FOUND,
    any: [
      "no such host | nxdomain | enotfound | name or service not known | nodename nor servname | could not resolve host | couldnt resolve host",
      "could not resolve | couldnt resolve | cannot resolve | cant resolve | failed to resolve | unable to resolve | failed resolving | error resolving",
      "unknown host | unknown host exception | unresolved address | unresolved address exception | getaddrinfo failed | getaddrinfo error | eai noname",
      "php network getaddresses | name does not resolve | name resolution failed | name resolution error | name resolution failure | name resolution",
      "remote name could not be resolved | host not found | no such domain | non existent domain | nonexistent domain | domain name not found",
      "dns error | dns failure | dns lookup failed | name not resolved | err name not resolved | could not be resolved | gaierror | host unknown",
      "failed to lookup address | failed to look up | dns exception | dns resolution failed | dns resolution error | hostname not found | hostname lookup",
      "bad hostname | unknown hostname | unknown name | host lookup failed | query for a failed | domain does not exist | no known hosts",
      "errno -2 | errno 8 nodename | error 11001 | exception 11001 | gaierror -2 | domain not found | dns not found | no ip found for | host resolution error",
      "cannot find host | could not find host | cant find host | domain name does not exist | failed dns lookup | dns lookup for @host not found | no such name | exist in dns | no dns record | wsahost not found | not in dns | no record found for | no records found for | non existing domain | hostname could not be found | host name could not be found | host could not be found",
      "does not resolve | not resolvable | unresolvable | name unresolved | name is not resolved | getaddrinfo",
    ],
    not: ["timed out | timeout"],
  },
];
