import type { TransportCause, TransportRule } from "./rule.ts";
import { causeOfAlert } from "./tls-alert-table.ts";

/**
 * No secure connection, for reasons other than a certificate. Reasons of OpenSSL
 * (https://github.com/openssl/openssl/blob/master/include/openssl/sslerr.h), BoringSSL, Go (https://pkg.go.dev/crypto/tls), the JVM
 * (https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html), SChannel
 * (https://learn.microsoft.com/windows/win32/secauthn/schannel-error-codes-for-tls-and-ssl-alerts), GnuTLS, Secure Transport, rustls.
 */
const ABOUT_TLS = [
  "tls | ssl | handshake | cipher | ciphers | ssl connect | schannel | gnutls | ssl routines | alert | eproto | secure | rustls | openssl | peer is incompatible",
];

const CLOSED: TransportCause = {
  id: "tls-closed-in-handshake",
  category: "tls",
  title: "The receiver broke off during the TLS handshake",
  nextStep:
    "Look into the TLS terminator of {receiver}: it closed the connection before the handshake was done. A firewall in between does that too.",
};

export const PLAINTEXT_RULES: readonly TransportRule[] = [
  {
    cause: {
      id: "tls-plaintext",
      category: "tls",
      title: "The receiver does not speak TLS on that port",
      nextStep: "Use the port of {receiver} that serves https, or put TLS on this one: it answered in plain text.",
    },
    any: [
      "wrong version number | server gave http response to https client | first record does not look like a tls handshake | unrecognized ssl message",
      "plaintext connection | unknown protocol ssl | packet length too long | record layer version | record layer failure | not an ssl tls record",
      "not ssl record exception | message of type invalid content type | invalid content type | cannot determine the frame size | cannot determine frame size",
      "corrupted frame was received | get server hello unknown protocol | unexpected packet format | oversized tls packet | illegal or unsupported version was received",
      "unexpected tls packet | record too long | rx record too long | unexpected message type has been received | err ssl rx record too long | ssl23 get server hello",
      "gnutls an unexpected tls packet | tls packet with unexpected length | oversized record received | http request was sent to https | plain http response",
      "unsupported or unrecognized ssl message | not a tls record | received a plaintext | ssl routines http request | https proxy request | tls record header",
      "expected tls record | plain http on | speaks plain | SSLv2 handshake | invalid ssl record | sec e invalid token | token supplied to the function is invalid | invalid tls record | tls record type unknown | server responded with plaintext | answered in plain text | bad ssl record | unknown record type",
    ],
  },
  {
    // An answer that begins with a TLS record (0x15 0x03) or an HTTP/2 frame: https://www.rfc-editor.org/rfc/rfc8446#section-5.1
    cause: {
      id: "tls-on-plain-port",
      category: "tls",
      title: "The receiver speaks TLS on that port, and the webhook's URL says http",
      nextStep: "Write https:// in the URL of {webhook}: {receiver} answered plain HTTP with TLS.",
    },
    any: ["x15 x03 | u0015 u0003 | 025 003 | x15x03 | bx15 x03 | 1503010002 | 15030100020 | x16 x03 | x00 x02 x02 x50"],
  },
];

export const HANDSHAKE_RULES: readonly TransportRule[] = [
  {
    // Damage that the sender's side found itself: the same bytes were changed on the way.
    cause: causeOfAlert(20),
    any: ["decryption failed or bad record mac | bad record mac"],
  },
  {
    cause: causeOfAlert(116),
    any: [
      "certificate required | no required ssl certificate | peer did not return a certificate | client certificate required | client certificate is required",
      "err ssl client auth cert needed | needs a client certificate | requires a client certificate | err bad ssl client auth cert | incomplete credentials",
      "asked for a client certificate | asks for a client certificate | client certificate missing | no client certificate | client authentication required | without a client certificate | ssl client auth | client certificate was not provided | certificaterequired",
    ],
  },
  {
    // https://curl.se/libcurl/c/libcurl-errors.html (58) · Problem of the sender's own files
    cause: {
      id: "tls-client-certificate-unusable",
      category: "tls",
      title: "The sender cannot use its own client certificate",
      nextStep:
        "Give {provider} a client certificate and key that belong together, with the right pass phrase: it could not load them.",
    },
    any: [
      "problem with the local ssl certificate | key values mismatch | could not load client certificate | unable to set private key file | ssl certproblem",
      "bad decrypt | mac verify failure | unable to load client cert | could not load pem client certificate | keystore was tampered | no start line",
      "private key does not match | unable to load private key | could not load client key | unable to use client certificate | ssl clientcert",
    ],
  },
  {
    // https://curl.se/libcurl/c/libcurl-errors.html (77) · the sender's trust store
    cause: {
      id: "tls-sender-trust-store",
      category: "tls",
      title: "The sender cannot read its list of trusted authorities",
      nextStep:
        "This is on {provider}'s side: install or correct its file of root certificates; {receiver} need not change.",
    },
    any: [
      "ssl cacert badfile | error setting certificate verify locations | problem with the ssl ca cert | trust anchors parameter must be non empty",
      "could not find a suitable tls ca certificate bundle | invalid path | error setting certificate file | unable to load ca | no trust anchors | failed to load system roots",
      "unable to load certificate authorities | root certificate store | error adding trust anchors",
    ],
    and: [...ABOUT_TLS, "certificate | trust | ca | roots"],
  },
  {
    // https://docs.openssl.org/3.0/man3/SSL_CTX_set_options/ (SSL_OP_LEGACY_SERVER_CONNECT), RFC 5746
    cause: {
      id: "tls-legacy-renegotiation",
      category: "tls",
      title: "The receiver only knows the old, unsafe TLS renegotiation",
      nextStep:
        "Update the TLS library or load balancer of {receiver}: it lacks secure renegotiation (RFC 5746), and {provider} insists on it.",
    },
    any: [
      "unsafe legacy renegotiation | legacy renegotiation | secure renegotiation | renegotiation info | insecure renegotiation | renegotiation is not allowed | unsafe renegotiation",
    ],
  },
  {
    cause: {
      id: "tls-dh-key-too-small",
      category: "tls",
      title: "The receiver's Diffie-Hellman key is too small",
      nextStep: "Give {receiver} Diffie-Hellman parameters of 2048 bits, or switch to ECDHE suites (weakdh.org).",
    },
    any: [
      "dh key too small | weak ephemeral dh | ephemeral diffie hellman | dh keypair | bad dh value | dh public key | dh prime | weak server ephemeral | weak ephemeral diffie | dh p length",
    ],
  },
  {
    cause: causeOfAlert(112),
    any: [
      "unrecognized name | unrecognizedname | unrecognised name | server name not recognized | err ssl unrecognized name",
    ],
  },
  {
    cause: causeOfAlert(70),
    any: [
      "protocol version | protocolversion | unsupported protocol | unsupported protocol version | no appropriate protocol | no protocols available | version too low",
      "unsupported versions | unsupported tls version | no supported versions | no supported protocol versions | not accepted by client preferences | version too high",
      "server only supports tls | server only supports ssl | common protocol | version or protocol unsupported | selected unsupported protocol | protocol is disabled | tls version | no supported version | protocol version is not supported | unsupported ssl version",
      "ServerDoesNotSupportTls12 | server does not support tls | wrong ssl version | unsupported version | obsolete version | tls version intolerance",
      "could not create ssl tls secure channel because of protocol | does not support tls 1 | requires tls 1 | security protocol is not supported | illegal ssl version",
    ],
    and: [...ABOUT_TLS, "client preferences | common protocol"],
  },
  {
    cause: {
      id: "tls-no-common-cipher",
      category: "tls",
      title: "The receiver and the sender have no cipher in common",
      nextStep: "Allow current cipher suites (ECDHE with AES-GCM or ChaCha20) at {receiver}.",
    },
    any: [
      "no shared cipher | no cipher | no ciphers | cipher mismatch | version or cipher mismatch | no cipher suites in common | no cipher suite in common | no ciphers available",
      "do not possess a common algorithm | algorithm mismatch | no negotiable cipher | unconfigured cipher suite | wrong cipher returned | unknown cipher returned | no cipher match",
      "no kx groups in common | no signature schemes in common | unsupported elliptic curve | no cipher suites | no cipher suite | selected unoffered cipher suite | unsupported cipher",
      "use specified ssl cipher | could not negotiate a cipher | no supported cipher | no supported ciphersuite | wrong curve | unsupported curve | no suitable key share | no common",
      "peer is incompatible | no mutually supported | no overlap | cipher suite | insufficient security",
    ],
    and: [...ABOUT_TLS, "curve | cipher | algorithm"],
  },
  {
    cause: CLOSED,
    any: [
      "closed connection during handshake | terminated the handshake | during handshake | during ssl handshake | during tls handshake | handshake eof | handshake reset",
      "before secure tls connection was established | in ssl handshake | in tls handshake | unexpected eof while reading | unexpected eof or 0 bytes",
      "eof occurred in violation of protocol | ssl error syscall | syscall returned 5 | returned 5 errno | closed abruptly in handshake | handshake was in progress",
      "ssl connect connection reset | ssl connect syscall | received fatal alert close notify | handshake aborted | handshake was canceled | handshake interrupted",
      "authentication failed because the remote party | has closed the transport stream | ssl connect ssl error | reset by peer ssl connect | ssleof error",
      "ssl zero return | tls ssl connection has been closed | closed without a tls close notify | non properly terminated | while in handshake | before handshake",
      "peer closed connection during the tls handshake | stopped handshake | handshake closed | handshake connection | connection closed during | handshake write tcp",
      "tls handshake with | handshake read tcp | ssl handshake eof | err ssl unexpected eof | closed in handshake | closenotify during handshake | econnreset ssl connect",
      "ssl exception connection reset | ssl exception connection has been shutdown | ssl handshake aborted | ssl error eof | inbound closed before receiving peers close notify",
      "handshake failed error eof | during tls negotiation | during ssl negotiation | handshake was interrupted | handshake was aborted | handshake was closed | handshake was reset | failed to receive handshake | failed to send handshake | closing inbound before receiving | handshake failed eof | peer closed the connection during | server closed connection during",
    ],
    not: ["timed out | timeout | alert number | ssl read"],
  },
];

/** Only that there was no secure connection. */
export const VAGUE_TLS_RULES: readonly TransportRule[] = [
  {
    cause: CLOSED,
    any: ["handshake | ssl connect | tls connect | starttls | tls negotiation"],
    and: [
      "closed | eof | reset | disconnected | terminated | aborted | dropped | econnreset | shutdown | interrupted | broken pipe | epipe",
    ],
    not: ["http2 | websocket"],
    sureness: "likely",
  },
  {
    cause: causeOfAlert(40),
    any: [
      "handshake failed handshake failed | handshake failure | handshakefailure | sec e handshake | ssl peer handshake fail | could not create ssl tls secure channel | peer handshake fail | secure channel failure",
    ],
    sureness: "likely",
  },
  {
    cause: {
      id: "tls-failed",
      category: "tls",
      title: "No secure connection to the receiver came about",
      nextStep:
        "Test TLS of {receiver} from outside (openssl s_client -connect host:443 -servername host): certificate, versions and ciphers.",
    },
    any: [
      "ssl connection could not be established | ssl connect error | ssl handshake failed | tls handshake failed | handshake failed | handshake error | ssl handshake exception",
      "curle ssl connect error | secure connection could not be established | err ssl protocol error | ssl error | tls error | ssl exception | ssl handshake error",
      "tls negotiation failed | ssl negotiation failed | authentication exception | secure connection failed | error in the ssl | tls alert | peer misbehaved | peer is incompatible | ssl protocol | tls failure",
    ],
    not: ["timeout | timed out"],
    sureness: "likely",
  },
];
