import type { TransportRule } from "./rule.ts";
import { causeOfAlert, TLS_ALERTS, type TlsAlert } from "./tls-alert-table.ts";

const FROM_THE_PEER = [
  "remote error tls | received fatal alert | fatal alert | sslv3 alert | tlsv1 alert | tlsv13 alert | tlsv1 3 alert | ssl alert number | server alert | alert received",
  "peer sent alert | alert fatal | peer alert | received alert | alert number | tls alert | reported alert | tls fatal alert | alert message | tlsv1 unrecognized name | alert",
];

/** OpenSSL gives an alert the reason 1000 and its number: https://github.com/openssl/openssl/blob/master/include/openssl/sslerr.h */
function numbered({ number }: TlsAlert): string[] {
  const reason = 1000 + number;
  return [
    `alert number ${number}`,
    `reason ${reason}`,
    `0a000${reason.toString(16)}`,
    `1409${reason.toString(16).padStart(4, "0")}`,
  ];
}

/** OpenSSL and BoringSSL name the version with the alert, and that is enough. */
function prefixed(names: string): string[] {
  return names
    .split(" | ")
    .flatMap((name) => ["sslv3", "tlsv1", "tlsv13"].map((version) => `${version} alert ${name}`));
}

export const ALERT_RULES: readonly TransportRule[] = [
  // Numbers first: a name is part of other names.
  ...TLS_ALERTS.map(
    (alert): TransportRule => ({
      cause: causeOfAlert(alert.number),
      any: [...numbered(alert), ...prefixed(alert.names)],
    }),
  ),
  ...TLS_ALERTS.map(
    (alert): TransportRule => ({
      cause: causeOfAlert(alert.number),
      any: [alert.names],
      and: FROM_THE_PEER,
      not: ["generated client alert"],
    }),
  ),
];
