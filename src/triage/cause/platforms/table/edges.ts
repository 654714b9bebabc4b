import { all, matched, statusCode } from "../keep.ts";
import { otherPage, pages } from "../pages.ts";
import { platform } from "../rule.ts";

/** Content delivery networks and caches. */
export const EDGES = [
  ...platform("Fastly", "https://www.fastly.com/documentation/guides/full-site-delivery/debugging/common-503-errors/", [
    {
      id: "fastly-unknown-domain",
      when: { text: ["fastly error: unknown domain", "fastly error: unknown host"] },
      told: [
        "not_found",
        "Fastly does not know this domain",
        "Add {receiver} to the domains of a Fastly service and activate that version",
      ],
    },
    {
      id: "fastly-next-gen-waf-406",
      source: "https://docs.fastly.com/signalsciences/how-it-works/",
      when: { codes: [406], headers: { server: "fastly" } },
      told: [
        "blocked",
        "Fastly's firewall blocked the request",
        "Let {provider}'s addresses pass in the Next-Gen WAF of {receiver}",
      ],
    },
    {
      id: "fastly",
      when: [{ text: ["guru mediation"] }, { text: ["details: cache-"] }],
      keep: matched(/^(?:error )?(\d{3}) ([^\n]{3,60}?)(?=\n| error \d{3}| guru |$)/i),
      known: {
        "503-first-byte-timeout": [
          "timeout",
          "Fastly 503: your origin took too long to begin its answer",
          "Make the origin of {receiver} answer faster, or raise the first byte timeout of its Fastly host",
        ],
        "503-between-bytes-timeout": [
          "timeout",
          "Fastly 503: your origin stalled in mid-answer",
          "Raise the between bytes timeout of {receiver}'s Fastly host, or find what stalls",
        ],
        "503-connection-timed-out": [
          "timeout",
          "Fastly 503: your origin did not take the connection",
          "Open the origin of {receiver} to Fastly's addresses",
        ],
        "503-connection-refused": [
          "gateway",
          "Fastly 503: your origin refused the connection",
          "Start the web server at the origin of {receiver}, on the port set at Fastly",
        ],
        "503-certificate-has-expired": [
          "tls",
          "Fastly 503: your origin's certificate has expired",
          "Renew the certificate at the origin of {receiver}",
        ],
        "503-ssl-handshake-error": [
          "tls",
          "Fastly 503: the TLS handshake with your origin failed",
          "Check certificate and TLS settings of the origin of {receiver}",
        ],
        "503-hostname-doesn-t-match-against-certificate": [
          "tls",
          "Fastly 503: your origin's certificate is for another name",
          "Set the certificate hostname of {receiver}'s Fastly host to the name in the certificate",
        ],
        "503-unable-to-get-local-issuer-certificate": [
          "tls",
          "Fastly 503: your origin's certificate has no known issuer",
          "Serve the whole chain at the origin of {receiver}",
        ],
        "503-maximum-threads-for-service-reached": [
          "rate_limited",
          "Fastly 503: too many requests at once",
          "Make the origin of {receiver} answer faster; its Fastly service has no thread left",
        ],
        "503-loop-detected": [
          "gateway",
          "Fastly 503: the service calls itself",
          "Point the Fastly host of {receiver} to the origin and not to Fastly",
        ],
      },
      told: ["gateway", "Fastly {1}", "Check the origin of {receiver} and the health check of its Fastly service"],
    },
  ]),
  ...platform("Varnish", "https://varnish-cache.org/docs/trunk/users-guide/troubleshooting.html", [
    {
      id: "varnish-503",
      when: [{ text: ["guru meditation", "varnish cache server"] }],
      keep: matched(/^(?:error )?\d{3,12} ([^\n]{3,60}?)(?=\n| error \d{3}| guru |$)/i),
      known: {
        "backend-fetch-failed": [
          "gateway",
          "Varnish 503: it could not fetch from your app",
          "See whether the app behind Varnish at {receiver} runs, and raise first_byte_timeout if it is slow",
        ],
        "first-byte-timeout": [
          "timeout",
          "Varnish 503: your app took too long to begin its answer",
          "Raise first_byte_timeout of the backend at {receiver}, or answer sooner",
        ],
        "service-unavailable": [
          "gateway",
          "Varnish 503: your app is unavailable",
          "See whether the app behind Varnish at {receiver} runs",
        ],
        "vcl-failed": [
          "server_error",
          "Varnish 503: its configuration broke",
          "Read varnishlog at {receiver} for VCL_Error",
        ],
      },
      told: ["gateway", "Varnish: {1}", "Read varnishlog at {receiver} for what failed between Varnish and the app"],
    },
  ]),
  ...platform("Akamai", "https://techdocs.akamai.com/property-mgr/docs/error-pages", [
    {
      id: "akamai-access-denied",
      when: [
        { text: ["you don't have permission to access"], alsoText: ["reference #"] },
        { text: ["errors.edgesuite.net"], alsoText: ["access denied"] },
      ],
      told: [
        "blocked",
        "Akamai denied access",
        "Give the reference number to who runs Akamai for {receiver}: it names the rule; let {provider}'s addresses pass",
      ],
    },
    {
      id: "akamai-504",
      when: [
        { text: ["did not receive a timely response from the upstream server"], alsoText: ["reference #"] },
        { text: ["gateway timeout - in read"] },
      ],
      told: [
        "timeout",
        "Akamai 504: your origin took too long",
        "Make the origin of {receiver} answer faster, or raise the read timeout of its Akamai property",
      ],
    },
    {
      id: "akamai-dns-failure",
      when: { text: ["service unavailable - dns failure"] },
      told: [
        "dns",
        "Akamai 503: it cannot resolve your origin",
        "Correct the origin's host name in {receiver}'s Akamai property",
      ],
    },
    {
      id: "akamai",
      when: [{ text: ["reference #"], kind: "html" }, { text: ["errors.edgesuite.net"] }],
      keep: all(
        statusCode,
        matched(/(?:reference #|errors\.edgesuite\.net\/)\d{1,3}\.[0-9a-f]{6,10}\.\d{8,10}\.[0-9a-f]/i),
      ),
      known: pages("Akamai property", {
        "503": [
          "gateway",
          "Akamai 503: your origin is unavailable",
          "See whether the origin of {receiver} is up; the reference number tells Akamai's support why",
        ],
      }),
      told: otherPage("Akamai property"),
    },
  ]),
  ...platform("Bunny.net", "https://docs.bunny.net/docs/cdn-error-pages", [
    {
      id: "bunny",
      when: [
        { headers: { server: "bunnycdn" }, codes: [502, 503, 504], kind: "html" },
        { text: ["bunnycdn"], codes: [403, 502, 503, 504] },
      ],
      keep: statusCode,
      known: pages("Bunny.net pull zone"),
      told: otherPage("Bunny.net pull zone"),
    },
  ]),
];
