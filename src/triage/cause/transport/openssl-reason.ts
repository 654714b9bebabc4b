import type { TransportCause } from "./rule.ts";

/**
 * The cause that OpenSSL names and no rule knows: its reasons are the same words in every language that is built on it. Python writes
 * `[SSL: DH_KEY_TOO_SMALL]`, Node `error:0A00018A:SSL routines:function:dh key too small`, Ruby `state=error: dh key too small`
 * (https://docs.openssl.org/master/man3/ERR_error_string/).
 */
export function unknownTlsReason(line: string): TransportCause | undefined {
  for (const pattern of PATTERNS) {
    const reason = pattern.exec(line)?.[1];
    const slug = reason && slugOf(reason);
    if (slug) {
      return {
        id: `tls-${slug}`,
        category: "tls",
        title: `The TLS handshake with the receiver failed: ${slug.replaceAll("-", " ")}`,
        nextStep:
          "Test TLS of {receiver} from outside (openssl s_client -connect host:443 -servername host) and look up that reason: {provider}'s TLS library gave it.",
      };
    }
  }
  return undefined;
}

const PATTERNS = [
  /\[SSL: ?([A-Z0-9_]{4,60})\]/,
  /\bERR_SSL_([A-Z0-9_]{4,60})\b/,
  /SSL routines:[A-Za-z0-9_ ]{0,60}:([A-Za-z0-9 '-]{4,60})/,
  /state=(?:error|[A-Za-z0-9 ]{1,60}): ([a-z0-9 ]{4,60})/i,
] as const;

function slugOf(reason: string): string {
  return reason
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .join("-")
    .slice(0, 50);
}
