import type { TransportCause } from "./rule.ts";

/**
 * What the receiver says when it breaks off a handshake: the alerts of TLS (https://www.rfc-editor.org/rfc/rfc8446#section-6,
 * https://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml#tls-parameters-6). Go writes `remote error: tls: …`
 * (https://pkg.go.dev/crypto/tls#AlertError), Java `Received fatal alert: …`, OpenSSL `sslv3 alert …` and `SSL alert number …`, rustls `received fatal alert: …`,
 * Erlang `received SERVER ALERT: …`. The same words without that are the sender's own verdict on the receiver.
 */
export interface TlsAlert {
  number: number;
  /** The end of the cause's id. */
  id: string;
  /** The standard's name and the names that libraries give it. */
  names: string;
  title: string;
  nextStep: string;
}

const ABOUT_OUR_CERTIFICATE =
  "Give {provider} a client certificate that {receiver} accepts, or let {receiver} take requests without one: it refused ours";

export const TLS_ALERTS: readonly TlsAlert[] = [
  {
    number: 116,
    id: "tls-client-certificate-required",
    names: "certificate required",
    title: "The receiver asks for a client certificate",
    nextStep:
      "Let {receiver} take requests without a client certificate, or put something in front of it that has one: {provider} sends none.",
  },
  {
    number: 41,
    id: "tls-client-certificate-required",
    names: "no certificate",
    title: "The receiver asks for a client certificate",
    nextStep:
      "Let {receiver} take requests without a client certificate, or put something in front of it that has one: {provider} sends none.",
  },
  {
    number: 48,
    id: "tls-alert-unknown-ca",
    names: "unknown ca | unknownca | unknown certificate authority",
    title: "The receiver does not know the authority of the sender's certificate",
    nextStep: `${ABOUT_OUR_CERTIFICATE}, because it does not trust its issuer.`,
  },
  {
    number: 45,
    id: "tls-alert-certificate-expired",
    names: "certificate expired | expired certificate",
    title: "The receiver says that the sender's certificate has expired",
    nextStep: `${ABOUT_OUR_CERTIFICATE}, because it has expired.`,
  },
  {
    number: 44,
    id: "tls-alert-certificate-revoked",
    names: "certificate revoked | revoked certificate",
    title: "The receiver says that the sender's certificate is revoked",
    nextStep: `${ABOUT_OUR_CERTIFICATE}, because it was revoked.`,
  },
  {
    number: 43,
    id: "tls-alert-unsupported-certificate",
    names: "unsupported certificate",
    title: "The receiver cannot use the kind of certificate that the sender has",
    nextStep: `${ABOUT_OUR_CERTIFICATE}, because of its kind (clientAuth missing, or a key type it does not know).`,
  },
  {
    number: 46,
    id: "tls-alert-certificate-unknown",
    names: "certificate unknown | unknown certificate | unspecified certificate",
    title: "The receiver does not accept the sender's certificate",
    nextStep: `${ABOUT_OUR_CERTIFICATE}, without saying why: see its log.`,
  },
  {
    number: 42,
    id: "tls-alert-bad-certificate",
    names: "bad certificate",
    title: "The receiver refused the sender's certificate",
    nextStep: `${ABOUT_OUR_CERTIFICATE}, or missed one.`,
  },
  {
    number: 70,
    id: "tls-protocol-version",
    names: "protocol version | protocol version not supported",
    title: "The receiver and the sender have no TLS version in common",
    nextStep: "Switch on TLS 1.2 or 1.3 at {receiver}.",
  },
  {
    number: 112,
    id: "tls-unrecognized-name",
    names: "unrecognized name | unrecognised name | unrecognizedname",
    title: "The receiver has no certificate for that host name",
    nextStep:
      "Set up a certificate for the host name of the webhook's URL at {receiver}: it does not know the name that was asked for (SNI).",
  },
  {
    number: 40,
    id: "tls-handshake-failure",
    names: "handshake failure | handshakefailure",
    title: "The receiver refused the TLS handshake",
    nextStep:
      "Allow current cipher suites at {receiver}, check its certificate and key, and whether it wants a client certificate: it refused the handshake.",
  },
  {
    number: 71,
    id: "tls-alert-insufficient-security",
    names: "insufficient security | insufficient security level",
    title: "The receiver finds the sender's ciphers too weak",
    nextStep: "Allow the cipher suites that {provider} offers at {receiver}.",
  },
  {
    number: 80,
    id: "tls-alert-internal-error",
    names: "internal error",
    title: "The receiver's TLS failed inside (internal error)",
    nextStep:
      "Look into the log of what ends TLS for {receiver}: it failed itself, often for want of a certificate for that host name.",
  },
  {
    number: 49,
    id: "tls-alert-access-denied",
    names: "access denied",
    title: "The receiver denied access in the TLS handshake",
    nextStep: "Let {receiver} admit {provider}: it read the certificate, and its rules of access said no.",
  },
  {
    number: 50,
    id: "tls-alert-decode-error",
    names: "decode error | error decoding message",
    title: "The receiver could not read the TLS handshake",
    nextStep:
      "Update what ends TLS for {receiver}: it does not understand a current handshake. An old load balancer or an inspecting firewall does that.",
  },
  {
    number: 51,
    id: "tls-alert-decrypt-error",
    names: "decrypt error | error decrypting message",
    title: "The receiver could not check a signature of the TLS handshake",
    nextStep:
      "Check that certificate and key belong together, at {receiver} and in the client certificate of {provider}.",
  },
  {
    number: 47,
    id: "tls-alert-illegal-parameter",
    names: "illegal parameter",
    title: "The receiver objects to a value in the TLS handshake",
    nextStep: "Update what ends TLS for {receiver}: it objects to a current handshake (curves, key shares).",
  },
  {
    number: 20,
    id: "tls-alert-bad-record-mac",
    names: "bad record mac",
    title: "What the receiver got over TLS was damaged",
    nextStep: "Look at what stands between {provider} and {receiver}: it changes encrypted bytes.",
  },
  {
    number: 10,
    id: "tls-alert-unexpected-message",
    names: "unexpected message",
    title: "The receiver got a TLS message that it did not expect",
    nextStep: "Update what ends TLS for {receiver}: it does not understand a current handshake.",
  },
  {
    number: 22,
    id: "tls-alert-record-overflow",
    names: "record overflow",
    title: "The receiver says that a TLS record is too long",
    nextStep: "Update what ends TLS for {receiver}, and look at what stands between.",
  },
  {
    number: 21,
    id: "tls-alert-decryption-failed",
    names: "decryption failed",
    title: "The receiver could not decrypt what it got",
    nextStep: "Look at what stands between {provider} and {receiver}: it changes encrypted bytes.",
  },
  {
    number: 120,
    id: "tls-alert-no-application-protocol",
    names: "no application protocol",
    title: "The receiver speaks none of the HTTP versions offered (ALPN)",
    nextStep: "Switch on HTTP/1.1 or HTTP/2 where TLS of {receiver} ends.",
  },
  {
    number: 86,
    id: "tls-alert-inappropriate-fallback",
    names: "inappropriate fallback",
    title: "The receiver refused an older TLS version",
    nextStep: "Let {provider} try TLS 1.2 or 1.3 first: {receiver} refused a step down.",
  },
  {
    number: 100,
    id: "tls-alert-no-renegotiation",
    names: "no renegotiation",
    title: "The receiver does not renegotiate TLS",
    nextStep: "Ask for the client certificate at once in the handshake at {receiver}, not later.",
  },
  {
    number: 109,
    id: "tls-alert-missing-extension",
    names: "missing extension",
    title: "The receiver misses something in the TLS handshake",
    nextStep: "Update what ends TLS for {receiver} or {provider}'s TLS: an extension is missing.",
  },
  {
    number: 110,
    id: "tls-alert-unsupported-extension",
    names: "unsupported extension",
    title: "The receiver does not know a part of the TLS handshake",
    nextStep: "Update what ends TLS for {receiver}: it does not understand a current handshake.",
  },
  {
    number: 115,
    id: "tls-alert-unknown-psk-identity",
    names: "unknown psk identity",
    title: "The receiver does not know the sender's pre-shared key",
    nextStep: "Give {provider} the key that {receiver} knows.",
  },
];

/** The cause of an alert, for the other ways in which libraries tell it. */
export function causeOfAlert(number: number): TransportCause {
  const alert = TLS_ALERTS.find((each) => each.number === number);
  if (!alert) throw new RangeError(`TLS has no alert ${number}`);
  const { id, title, nextStep } = alert;
  return { id, category: "tls", title, nextStep };
}
