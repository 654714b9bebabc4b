import type { TransportCause, TransportRule } from "./rule.ts";
import { ABOUT_CERTIFICATES, FROM_THE_PEER, REVOCATION_RULES } from "./tls-revocation.ts";

/**
 * The sender does not accept the receiver's certificate. Reasons of OpenSSL (https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/), Node
 * (https://nodejs.org/api/tls.html#x509-certificate-error-codes), Go (https://pkg.go.dev/crypto/x509), rustls (https://docs.rs/rustls/latest/rustls/enum.CertificateError.html),
 * .NET (https://learn.microsoft.com/dotnet/api/system.security.cryptography.x509certificates.x509chainstatusflags), SChannel
 * (https://learn.microsoft.com/windows/win32/com/com-error-codes-4), the JVM's PKIX, GnuTLS, Erlang's public_key, Chromium's net::ERR_CERT_*.
 */

const HOST_NAME: TransportCause = {
  id: "tls-hostname-mismatch",
  category: "tls",
  title: "The receiver's certificate is for another host",
  nextStep:
    "Give {receiver} a certificate with its own name, or put the name that the certificate has into the webhook's URL.",
};

const UNKNOWN_AUTHORITY: TransportCause = {
  id: "tls-unknown-authority",
  category: "tls",
  title: "The receiver's certificate is of an authority that is not trusted, or its chain is not complete",
  nextStep:
    "Let {receiver} send its whole certificate chain, intermediates included; a private authority is not trusted by {provider}.",
};

const NOT_YET_VALID: TransportCause = {
  id: "tls-certificate-not-yet-valid",
  category: "tls",
  title: "The receiver's certificate is not valid yet",
  nextStep: "Check the clock and the certificate of {receiver}: it is valid only from a later time on.",
};

const EXPIRED: TransportCause = {
  id: "tls-certificate-expired",
  category: "tls",
  title: "The receiver's certificate has expired",
  nextStep: "Renew the certificate of {receiver}, and see why it was not renewed by itself.",
};

/** Go has one sentence for both, and tells which after it, where nobody cuts it off: https://pkg.go.dev/crypto/x509#CertificateInvalidError */
const EITHER = "expired or is not yet valid | expired or not yet valid | expired or is not valid yet";
const TOO_LATE = "is after | not after | notafter";
const TOO_EARLY = "is before | not before | notbefore";

export const CERTIFICATE_RULES: readonly TransportRule[] = [
  ...REVOCATION_RULES,
  {
    cause: NOT_YET_VALID,
    any: [EITHER],
    and: [TOO_EARLY],
    not: [TOO_LATE, ...FROM_THE_PEER],
  },
  {
    // Certificates that nobody renewed are many, those of tomorrow are few.
    cause: EXPIRED,
    any: [EITHER],
    and: ABOUT_CERTIFICATES,
    not: [TOO_LATE, TOO_EARLY, ...FROM_THE_PEER],
    sureness: "likely",
  },
  {
    cause: NOT_YET_VALID,
    any: [
      "not yet valid | notyetvalid | cert not yet valid | not valid yet | notvalidyet | is before | notbefore | not before | not valid until | not yet active",
      "becomes valid | valid in the future | not activated | e cert not yet | certificate is in the future",
    ],
    and: ABOUT_CERTIFICATES,
    not: [TOO_LATE, EITHER, ...FROM_THE_PEER],
  },
  {
    cause: EXPIRED,
    any: [
      "expired | cert has expired | notafter | not after | certificateexpired | validity check failed | not time valid | nottimevalid | is after | sec e cert expired",
      "validity period has passed | validity has ended | err cert date invalid | expired certificate | no longer valid | not within its validity period | out of date | timevalidity | invalid date | past its validity",
    ],
    and: ABOUT_CERTIFICATES,
    not: FROM_THE_PEER,
  },
  {
    cause: HOST_NAME,
    any: [
      "hostname mismatch | host name mismatch | does not match certificate | altname | altnames | err tls cert altname invalid | certificate is valid for",
      "doesnt match | does not match target | no alternative certificate subject name | subject alternative | subject alt name | hostname verification",
      "ip address mismatch | remote certificate name mismatch | certificatenotvalidforname | not valid for name | notvalidforname | not valid for name context",
      "contain any ip sans | contain any sans | cannot validate certificate for | hostname was not found in | certificate subject name | name mismatch",
      "peer certificate cn | did not match expected cn | is not valid for | is not valid for any names | no name matching | host doesnt match | hostname check failed",
      "owner does not match | certificate common name | legacy common name | common name invalid | err cert common name invalid | not verified | cn name does not match",
      "does not match any of the subject | certificate is not for | certificate is for another | name does not match | names do not match | target principal name is incorrect | wrong principal",
      "does not match the expected cn | cn mismatch | cn no match | wrong host | hostname does not match | host name does not match | not match the host name | hostname in certificate | domain mismatch | unable to match",
      "no subject alternative | was issued for a different | certificate for a different | different host | invalid hostname for this certificate | not match hostname",
      "certificate not valid for name | does not match the name | does not match the server certificate | does not match the certificate | match common name | matches none of | did not match",
    ],
    and: [
      "cert | certificate | certificates | ssl | tls | x509 | hostname | altname | altnames | subject | certificateexception | principal | cn",
    ],
    not: ["content length | status line | body length"],
  },
  {
    cause: {
      id: "tls-self-signed-in-chain",
      category: "tls",
      title: "The receiver's certificate goes back to an authority of somebody's own",
      nextStep:
        "Give {receiver} a certificate of a public authority: the root at the end of its chain is a private one (or a proxy on the way puts its own in).",
    },
    any: [
      "self signed certificate in certificate chain | self signed cert in chain | self signed certificate in chain | self signed in chain | self signed root",
      "selfsigned ca | self signed ca | signed by itself in chain",
    ],
  },
  {
    cause: {
      id: "tls-self-signed",
      category: "tls",
      title: "The receiver's certificate is self-signed",
      nextStep:
        "Give {receiver} a certificate of a public authority: {provider} does not trust one that it has signed itself.",
    },
    any: [
      "self signed | selfsigned | depth zero self signed cert | selfsigned peer | self signed certificate | signed by itself | self issued | ca used as end entity",
    ],
  },
  {
    cause: {
      id: "tls-weak-certificate",
      category: "tls",
      title: "The receiver's certificate has a key or signature that is too weak",
      nextStep:
        "Issue a new certificate for {receiver} with a key of 2048 bits or more, signed with SHA-256; its intermediates too.",
    },
    any: [
      "ca md too weak | ee key too small | ca key too small | key too small | key is too small | key too weak | md too weak | weak signature | weak key | certificate key too weak",
      "insecure algorithm | algorithm constraints | algorithm constraints check failed | certificates do not conform | signature algorithm too weak | err cert weak",
      "unsupported signature algorithm | signature algorithm is not supported | disabled signature algorithm | insecure certificate | has weak signature | hasweaksignature",
      "unacceptable hash | weak hash | weak cryptographic | wrong signature type | no suitable signature algorithm | disabled algorithm | unacceptable key | sha1 with rsa | small key",
    ],
    not: ["dh key too small"],
  },
  {
    cause: {
      id: "tls-wrong-purpose",
      category: "tls",
      title: "The receiver's certificate is not one for a server",
      nextStep:
        "Issue a certificate for {receiver} whose extended key usage holds serverAuth: this one is for another purpose.",
    },
    any: [
      "certificate purpose | invalid purpose | incompatible key usage | key usage | extended key usage | not valid for usage | notvalidforusage | wrong usage | ext key usage",
      "is not authorized to sign | invalid ca certificate | path length constraint | pathlen | pathlen exceeded | permitted subtree violation | excluded subtree",
      "name constraints | required eku not found | not permitted for this usage | basic constraints | keyusage | unsupported name constraint | too many names",
    ],
    and: ABOUT_CERTIFICATES,
  },
  {
    cause: {
      id: "tls-malformed-certificate",
      category: "tls",
      title: "The receiver's certificate cannot be read",
      nextStep:
        "Issue a new certificate for {receiver} with a well-known authority: this one breaks the rules of X.509.",
    },
    any: [
      "malformed certificate | failed to parse certificate | negative serial number | bad encoding | badencoding | unsupported cert version | unhandled critical extension",
      "certificate signature failure | bad signature | badsignature | invalid signature by the server certificate | bad der | asn1 | asn 1 | unable to decrypt certificate",
      "could not parse certificate | unable to parse certificate | der input | bad certificate encoding | certificate is malformed | unable to decode",
      "invalid certificate encoding | error in cert not after field | crypto verification failure | extra data in certificate | unsupported critical extension",
    ],
    and: ABOUT_CERTIFICATES,
    not: [...FROM_THE_PEER, "header | response | content | gzip | body"],
  },
  {
    cause: {
      id: "tls-no-certificate",
      category: "tls",
      title: "The receiver showed no certificate",
      nextStep: "Set up a certificate for the host name of the webhook's URL at {receiver}: it offers none.",
    },
    any: [
      "peer sent no certificates | peer not authenticated | no peer certificate | server sent no certificate | remote certificate not available | no certificates presented",
    ],
  },
  {
    cause: {
      id: "tls-pin-mismatch",
      category: "tls",
      title: "The receiver's key is not the one that the sender has pinned",
      nextStep: "Tell {provider} the new key of {receiver}: it was changed, and the sender insists on the old one.",
    },
    any: [
      "certificate pinning | pinning failure | pinned | pin verification failed | pinnedpubkeynotmatch | public key does not match pinned | err ssl pinned key",
    ],
  },
  {
    cause: UNKNOWN_AUTHORITY,
    any: [
      "unable to get local issuer | unable to get issuer | unable to get issuer cert | unable to verify the first certificate | unable to verify leaf signature",
      "signed by unknown authority | path building failed | unable to find valid certification path | unknown issuer | unknownissuer | partial chain | partialchain",
      "untrusted root | untrustedroot | trust anchor | trust anchors | could not establish trust | issuer is unknown | issuer certificate",
      "cert authority invalid | err cert authority invalid | peer certificate cannot be authenticated | certificate cannot be authenticated | cert untrusted | cert chain too long",
      "certificate chain too long | unable to build valid cert | unable to build a valid certificate chain | signer not found | unsupported certificate chain",
      "terminated in a root certificate which is not trusted | certificate rejected | cert rejected | issuer check | ssl issuer error | no trusted certificate",
      "certificate trust | certificate is untrusted | untrusted certificate | incomplete certificate chain | incomplete chain | chain building | certificate authority is invalid",
      "unknown root cert | cert chain invalid | cert e chaining | missing intermediate | has unknown ca | not correctly signed by | chain could not be built | unable to build certification path | pkix path | pkix validation | not issued by | unknown certification authority | no issuer | ca cert | invalid issuer",
    ],
    not: FROM_THE_PEER,
  },
  {
    cause: UNKNOWN_AUTHORITY,
    any: ["unknown ca | unknownca"],
    and: [
      "generated client alert | certificate verify failed | invalid peer certificate | errssl unknown root cert | tls client in state",
    ],
    not: ["server alert"],
  },
];

/** Only that the certificate was not accepted. */
export const VAGUE_CERTIFICATE_RULES: readonly TransportRule[] = [
  {
    cause: HOST_NAME,
    any: ["not cover | not match | mismatch | does not include | not issued for | issued to"],
    and: ["certificate | cert | san"],
    not: ["key | private | pinned | pin | public"],
    sureness: "likely",
  },
  {
    cause: UNKNOWN_AUTHORITY,
    any: ["not trusted | untrusted | distrusted"],
    and: [...ABOUT_CERTIFICATES, "issuer | authority | ca"],
    not: FROM_THE_PEER,
  },
  {
    cause: UNKNOWN_AUTHORITY,
    any: [
      "certificate verify failed | certificate verification failed | remote certificate is invalid | remote certificate chain errors | remote certificate was rejected",
      "certificate is invalid | invalid peer certificate | bad cert | certificate chain | certificate validation | certificate problem | certificate error | invalid certificate",
      "peer failed verification | ssl cacert | ssl peer certificate | certificate could not be | x509 certificate | server certificate verification | err cert invalid",
      "ssl verification failed | tls verification failed | certificate verification error | certificate for this server | certificate check failed | verify the certificate | validate certificate | verify certificate | ssl certificate | err cert",
    ],
    not: ["alert | status code"],
    sureness: "likely",
  },
];
