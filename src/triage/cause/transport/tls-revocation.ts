import type { TransportRule } from "./rule.ts";

/** That a text is about a certificate. */
export const ABOUT_CERTIFICATES = [
  "cert | certificate | certificates | x509 | pkix | cert path validator exception | ssl | tls | peer certificate | schannel | bad cert | chain",
];

/** The receiver's word on the sender's certificate: see `tls-alerts.ts`. */
export const FROM_THE_PEER = [
  "remote error tls | received fatal alert | sslv3 alert | tlsv1 alert | tlsv13 alert | ssl alert number | server alert | alert received | peer sent alert",
];

/** Whether the receiver's certificate still counts, and whether that can be found out: https://www.rfc-editor.org/rfc/rfc6960 */
export const REVOCATION_RULES: readonly TransportRule[] = [
  {
    cause: {
      id: "tls-revocation-unknown",
      category: "tls",
      title: "Whether the receiver's certificate is revoked could not be found out",
      nextStep:
        "Check that the OCSP and CRL addresses in the certificate of {receiver} answer, or let it staple OCSP; {provider} insists on knowing.",
    },
    any: [
      "revocation status unknown | revocation server was offline | unable to check revocation | no revocation check | unable to determine revocation status",
      "revocation offline | offline revocation | invalidcertstatus | certificate status verify failed | no ocsp response | ocsp response | ocsp",
      "unable to get certificate crl | unable to get crl | crl has expired | crl not yet valid | unknown revocation status | revocation status of the certificate",
      "err cert unable to check revocation | err cert no revocation mechanism | crl is not yet valid | could not check revocation | expired revocation list",
    ],
    not: ["certificate revoked | certificate is revoked | has been revoked | status revoked | certificate was revoked"],
  },
  {
    cause: {
      id: "tls-certificate-revoked",
      category: "tls",
      title: "The receiver's certificate was revoked",
      nextStep: "Put a new certificate on {receiver}: its issuer has revoked this one.",
    },
    any: ["revoked | certificaterevoked | err cert revoked | e revoked"],
    and: ABOUT_CERTIFICATES,
    not: FROM_THE_PEER,
  },
];
