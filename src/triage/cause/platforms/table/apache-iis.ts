import { all, firstOf, matched, statusCode } from "../keep.ts";
import { otherPage, pages } from "../pages.ts";
import { type Keeper, platform, type Told } from "../rule.ts";

const apacheCode = firstOf(matched(/^(\d{3}) /), statusCode);

const APACHE = pages("Apache", {
  "413": [
    "payload_too_large",
    "Apache 413: the payload is larger than it allows",
    "Raise LimitRequestBody at the Apache in front of {receiver}",
  ],
});

const IIS_CODES: Record<string, Told> = {
  "404-13": [
    "payload_too_large",
    "IIS 404.13: the payload is larger than it allows",
    "Raise maxAllowedContentLength in the request filtering of the IIS at {receiver}",
  ],
  "413-1": [
    "payload_too_large",
    "IIS 413.1: the payload is larger than it allows",
    "Raise maxAllowedContentLength and uploadReadAheadSize of the IIS at {receiver}",
  ],
  "404-15": [
    "payload_too_large",
    "IIS 404.15: the query is longer than it allows",
    "Raise maxQueryString in the request filtering of the IIS at {receiver}",
  ],
  "404-0": [
    "not_found",
    "IIS 404.0: there is nothing at this path",
    "Compare the path of {webhook}'s endpoint URL with what the IIS at {receiver} serves",
  ],
  "404-6": [
    "bad_request",
    "IIS 404.6: the method is denied",
    "Allow POST in the request filtering of the IIS at {receiver}",
  ],
  "405-0": [
    "bad_request",
    "IIS 405.0: the method is not allowed",
    "Remove the WebDAV module or allow POST for the handler at {receiver}",
  ],
  "403-4": ["tls", "IIS 403.4: it wants https", "Use https in {webhook}'s endpoint URL"],
  "403-6": [
    "blocked",
    "IIS 403.6: the sender's address is not allowed",
    "Allow {provider}'s addresses in the IP restrictions of the IIS at {receiver}",
  ],
  "403-7": [
    "tls",
    "IIS 403.7: it wants a client certificate",
    "Except the webhook's path from the client certificates that {receiver} requires",
  ],
  "500-19": ["server_error", "IIS 500.19: its web.config is not valid", "Correct web.config at {receiver}"],
  "500-30": [
    "server_error",
    "IIS 500.30: the ASP.NET Core app failed to start",
    "Read the stdout log and the event log of the app at {receiver}",
  ],
  "502-3": [
    "gateway",
    "IIS 502.3: the app behind it did not answer",
    "See whether the app behind the IIS at {receiver} runs",
  ],
  "502-5": [
    "server_error",
    "IIS 502.5: the ASP.NET Core app failed to start",
    "Read the stdout log and the event log of the app at {receiver}",
  ],
};

const iisMain: Keeper = ({ text }) => {
  const [, code] = /\b(\d{3})\.\d{1,3}\b/.exec(text) ?? [];
  return code === undefined ? undefined : [];
};

const HTTP_SYS = pages("IIS", {
  "503": [
    "gateway",
    "IIS 503: the application pool is stopped",
    "Start the application pool of {receiver} and read the event log for why it stopped",
  ],
});

/** Apache and IIS. */
export const APACHE_IIS = [
  ...platform("Apache", "https://github.com/apache/httpd/blob/trunk/modules/http/http_protocol.c", [
    {
      id: "apache-502-dns",
      when: {
        text: ["the proxy server received an invalid response from an upstream server"],
        alsoText: ["dns lookup failure"],
      },
      told: [
        "dns",
        "Apache 502: it cannot resolve the app behind it",
        "Correct the host in ProxyPass of the Apache in front of {receiver}",
      ],
    },
    {
      id: "apache-plain-http-to-tls",
      when: { text: ["you're speaking plain http to an ssl-enabled server port"] },
      told: ["tls", "Apache 400: plain HTTP was sent to its TLS port", "Use https in {webhook}'s endpoint URL"],
    },
    {
      id: "apache-redirect-loop",
      when: { text: ["request exceeded the limit of 10 internal redirects"] },
      told: [
        "server_error",
        "Apache 500: its rewrite rules run in a loop",
        "Correct the rewrite rules of the Apache at {receiver}",
      ],
    },
    {
      id: "apache",
      when: [
        { text: ["server at"], raw: ["<address>"] },
        {
          text: [
            "the requested url was not found on this server",
            "you don't have permission to access this resource",
            "you don't have permission to access /",
            "could not verify that you are authorized to access the document requested",
            "the server encountered an internal error or misconfiguration",
            "temporarily unable to service your request due to maintenance downtime or capacity problems",
            "the proxy server received an invalid response from an upstream server",
            "the gateway did not receive a timely response from the upstream server or application",
            "is not allowed for this url",
            "the requested resource does not allow request data with",
            "your browser sent a request that this server could not understand",
            "the document has moved",
          ],
          notText: ["reference #", "litespeed", "that's all we know", "google", "proxy sent a request"],
        },
      ],
      keep: apacheCode,
      known: APACHE,
      told: otherPage("Apache"),
    },
    {
      id: "apache",
      when: {
        text: ["was not found on this server"],
        alsoText: ["the requested url /"],
        notText: ["that's all we know", "litespeed"],
      },
      keep: apacheCode,
      known: APACHE,
      told: otherPage("Apache"),
    },
  ]),
  ...platform(
    "IIS",
    "https://learn.microsoft.com/troubleshoot/developer/webapps/iis/health-diagnostic-performance/http-status-code",
    [
      {
        id: "iis",
        when: { text: ["http error", "detailed error"] },
        keep: all(iisMain, matched(/\b([45]\d{2}\.\d{1,3})(?: -|:)? (?=[A-Z])/)),
        known: IIS_CODES,
        told: [
          "server_error",
          "IIS {1}",
          "Look the code {1} up in Microsoft's list for IIS and in the log of {receiver}",
        ],
      },
      {
        id: "iis",
        when: { text: ["http error"] },
        keep: matched(/^http error ([45]\d{2}\.\d{1,3})\b/i),
        known: IIS_CODES,
        told: [
          "server_error",
          "IIS {1}",
          "Look the code {1} up in Microsoft's list for IIS and in the log of {receiver}",
        ],
      },
      {
        id: "iis-invalid-hostname",
        when: { text: ["bad request - invalid hostname"] },
        told: [
          "not_found",
          "IIS 400: it serves no site of this name",
          "Add a binding for {receiver} to the site at its IIS",
        ],
      },
      {
        id: "iis-headers-too-long",
        when: { text: ["bad request - request too long"] },
        told: [
          "payload_too_large",
          "IIS 400: the headers are larger than it allows",
          "Raise MaxFieldLength and MaxRequestBytes of http.sys at {receiver}",
        ],
      },
      {
        id: "iis",
        when: { text: ["http error"] },
        keep: matched(/\bHTTP Error (\d{3})\. /),
        known: HTTP_SYS,
        told: otherPage("IIS"),
      },
      {
        id: "iis",
        when: {
          text: [
            "access is denied",
            "file or directory not found",
            "internal server error",
            "request entity too large",
            "http verb used to access this page is not allowed",
          ],
        },
        keep: matched(
          /(?:^|\n)(\d{3}) - (?:forbidden: access is denied|unauthorized: access is denied|file or directory not found|internal server error|http verb used|request entity too large)/i,
        ),
        known: pages("IIS"),
        told: otherPage("IIS"),
      },
      {
        id: "iis-500-hidden",
        when: { is: ["the page cannot be displayed because an internal server error has occurred."] },
        told: [
          "server_error",
          "IIS 500: it hides what broke",
          "Switch on detailed errors at the IIS of {receiver}, or read its event log",
        ],
      },
      {
        id: "iis-service-unavailable",
        source: "https://learn.microsoft.com/azure/app-service/troubleshoot-http-502-http-503",
        when: { codes: [503], is: ["the service is unavailable.", "the service is unavailable"] },
        told: [
          "gateway",
          "IIS 503: the app is stopped or overloaded",
          "Start the application pool or App Service of {receiver}, and scale it up if it is overloaded",
        ],
      },
    ],
  ),
];
