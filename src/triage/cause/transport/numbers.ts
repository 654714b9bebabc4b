import type { TransportRule } from "./rule.ts";

/**
 * Numbers that stand alone, for a text whose words say nothing. Linux and macOS number alike what is below 35
 * (https://github.com/torvalds/linux/blob/master/include/uapi/asm-generic/errno.h, https://github.com/apple/darwin-xnu/blob/main/bsd/sys/errno.h), Windows
 * from 10000 on (https://learn.microsoft.com/windows/win32/winsock/windows-sockets-error-codes-2); curl has its own
 * (https://curl.se/libcurl/c/libcurl-errors.html). Where Linux and macOS differ, the number of a connection's fault goes before the other's rarer one.
 */
interface Numbers {
  /** The id of the cause that a rule of words describes. */
  id: string;
  linux?: readonly number[];
  mac?: readonly number[];
  windows?: readonly number[];
  curl?: readonly number[];
}

const NUMBERS: readonly Numbers[] = [
  { id: "connect-refused", linux: [111], mac: [61], windows: [10061] },
  { id: "connect-reset", linux: [104, 102], mac: [54], windows: [10054, 10052], curl: [56] },
  { id: "connect-aborted", linux: [103], mac: [53], windows: [10053] },
  { id: "connect-broken-pipe", linux: [32, 108], mac: [32, 58], windows: [10058], curl: [55] },
  { id: "connect-no-route", linux: [113, 112], mac: [65, 64], windows: [10065, 10064] },
  { id: "connect-network-unreachable", linux: [101, 100, 97], mac: [51, 50, 47], windows: [10051, 10050, 10047] },
  { id: "connect-closed", linux: [107], mac: [57], windows: [10057], curl: [52] },
  { id: "timeout-connect", linux: [110], mac: [60], windows: [10060] },
  { id: "sender-no-ports", linux: [99, 98], mac: [49, 48], windows: [10049, 10048, 10055], curl: [45] },
  { id: "sender-no-files", linux: [24, 23], windows: [10024] },
  { id: "sender-no-memory", linux: [105], mac: [55], curl: [27] },
  { id: "sender-firewall", windows: [10013] },
  { id: "sender-cancelled", windows: [10004], curl: [42] },
  { id: "dns-not-found", windows: [11001], curl: [6] },
  { id: "dns-temporary", windows: [11002] },
  { id: "dns-server-refused", windows: [11003] },
  { id: "dns-no-address", windows: [11004] },
  { id: "proxy-name-not-found", curl: [5] },
  { id: "proxy-broken", curl: [97] },
  { id: "connect-failed", curl: [7] },
  { id: "timeout-response", curl: [28] },
  { id: "url-scheme", curl: [1] },
  { id: "url-malformed", curl: [3] },
  { id: "answer-not-http", curl: [8] },
  { id: "answer-truncated", curl: [18] },
  { id: "answer-encoding", curl: [61] },
  { id: "answer-too-large", curl: [63] },
  { id: "answer-headers-too-large", curl: [100] },
  { id: "redirect-loop", curl: [47] },
  { id: "request-body-used", curl: [65] },
  { id: "timeout-pool", curl: [89] },
  { id: "tls-failed", curl: [35] },
  { id: "tls-hostname-mismatch", curl: [51] },
  { id: "tls-unknown-authority", curl: [60, 83] },
  { id: "tls-client-certificate-unusable", curl: [58] },
  { id: "tls-client-certificate-required", curl: [98] },
  { id: "tls-no-common-cipher", curl: [59] },
  { id: "tls-sender-trust-store", curl: [77] },
  { id: "tls-closed-in-handshake", curl: [80] },
  { id: "tls-pin-mismatch", curl: [90] },
  { id: "tls-revocation-unknown", curl: [91, 82] },
  { id: "http2-protocol-error", curl: [16] },
  { id: "http2-stream-reset", curl: [92] },
  { id: "http3-failed", curl: [95, 96] },
];

/** Rules for bare numbers, with the causes that the rules of words have. */
export function numberRules(rules: readonly TransportRule[]): readonly TransportRule[] {
  return NUMBERS.flatMap(({ id, linux = [], mac = [], windows = [], curl = [] }) => {
    const cause = rules.find((rule) => rule.cause.id === id)?.cause;
    if (!cause) return [];
    const any = [
      ...[...linux, ...mac].flatMap((number) => [`errno ${number}`, `os error ${number}`]),
      ...windows.flatMap((number) => ["error", "exception", "errno", "wsa", "code"].map((word) => `${word} ${number}`)),
      ...curl.flatMap((number) =>
        ["cURL error", "curl error", "curl", "curl errno", "curle", "curl code"].map((word) => `${word} ${number}`),
      ),
    ];
    return [{ cause, any, sureness: "likely" as const }];
  });
}
