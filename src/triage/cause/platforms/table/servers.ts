import { all, masked, matched, statusCode } from "../keep.ts";
import { otherPage, pages } from "../pages.ts";
import { platform } from "../rule.ts";

const JAVA_PAGE = matched(/http (?:status|error) (\d{3})\b/i);

/** The other web servers. */
export const SERVERS = [
  ...platform(
    "Tomcat",
    "https://github.com/apache/tomcat/blob/main/java/org/apache/catalina/valves/ErrorReportValve.java",
    [
      {
        id: "tomcat",
        when: { text: ["http status"] },
        keep: all(matched(/(?:^|\s)HTTP Status (\d{3}) ?(?:[–-]|$)/), ({ text }) => {
          const [, cause] =
            /\n(?:root cause|exception)\n(?:[\w.$]{0,120}\.)?(\w{3,60}(?:Exception|Error))\b/i.exec(text) ?? [];
          return cause === undefined ? [] : [cause];
        }),
        known: pages("Tomcat"),
        told: ["server_error", "Tomcat {1}", "Read the exception in the Tomcat log of {receiver}"],
      },
    ],
  ),
  ...platform("Jenkins", "https://www.jenkins.io/doc/book/security/csrf-protection/", [
    {
      id: "jenkins-no-valid-crumb",
      when: { text: ["no valid crumb was included"] },
      told: [
        "auth",
        "Jenkins wants a crumb or an API token",
        "Use a trigger URL with a token, or an API token, in {webhook}; plain posts to {receiver} need a crumb",
      ],
    },
    {
      id: "jenkins-missing-permission",
      when: { text: ["is missing the overall/read permission", "is missing the job/build permission"] },
      keep: matched(/is missing the ([\w/]{3,30}) permission/i),
      told: [
        "auth",
        "Jenkins: the user may not do that",
        "Give the user of {webhook} that permission in the Jenkins at {receiver}",
      ],
    },
    {
      id: "jenkins-starting",
      when: { text: ["please wait while jenkins is getting ready to work"] },
      told: [
        "gateway",
        "Jenkins is still starting",
        "Read the start-up log of {receiver} if this does not pass within minutes",
      ],
    },
  ]),
  ...platform(
    "Jetty",
    "https://github.com/jetty/jetty.project/blob/jetty-12.0.x/jetty-core/jetty-server/src/main/java/org/eclipse/jetty/server/handler/ErrorHandler.java",
    [
      {
        id: "jetty",
        when: [{ text: ["http error"], alsoText: ["uri:"] }, { text: ["powered by jetty"] }],
        keep: all(matched(/\bhttp error (\d{3})\b/i), ({ text }) => {
          const [, cause] =
            /\b(?:caused by|cause):?\s{1,3}(?:[\w.$]{0,120}\.)?(\w{3,60}(?:Exception|Error))\b/i.exec(text) ?? [];
          return cause === undefined ? [] : [cause];
        }),
        known: pages("Jetty"),
        told: ["server_error", "Jetty {1}", "Read the log of the Jetty at {receiver}"],
      },
    ],
  ),
  ...platform("WildFly", "https://github.com/undertow-io/undertow", [
    {
      id: "undertow",
      when: { text: ["jbweb"], kind: "html" },
      keep: JAVA_PAGE,
      known: pages("WildFly"),
      told: otherPage("WildFly"),
    },
  ]),
  ...platform("WebLogic", "https://docs.oracle.com/middleware/", [
    {
      id: "weblogic",
      when: { text: ["from rfc 2068 hypertext transfer protocol"] },
      keep: matched(/error (\d{3})--/i),
      known: pages("WebLogic"),
      told: otherPage("WebLogic"),
    },
    {
      id: "weblogic-bridge",
      when: { text: ["failure of server apache bridge"] },
      told: ["gateway", "Apache cannot reach WebLogic", "See whether the WebLogic servers behind {receiver} run"],
    },
  ]),
  ...platform("LiteSpeed", "https://docs.litespeedtech.com/", [
    {
      id: "litespeed",
      when: [
        { text: ["litespeed technologies", "powered by litespeed web server"] },
        {
          headers: { server: "litespeed" },
          kind: "html",
          text: [
            "the resource requested could not be found on this server",
            "access to this resource on the server is denied",
            "please contact the server administrator",
            "the server is temporarily busy",
          ],
        },
      ],
      keep: statusCode,
      known: pages("LiteSpeed", {
        "503": [
          "gateway",
          "LiteSpeed 503: the app behind it takes no requests",
          "See whether PHP or the app behind the LiteSpeed of {receiver} runs and is within its process limits",
        ],
      }),
      told: otherPage("LiteSpeed"),
    },
  ]),
  ...platform("Caddy", "https://caddyserver.com/docs/caddyfile/directives/handle_errors", [
    {
      id: "caddy",
      when: { headers: { server: "caddy" }, kind: "none", codes: [400, 403, 404, 413, 421, 500, 502, 503, 504] },
      keep: statusCode,
      known: pages("Caddy"),
      told: otherPage("Caddy"),
    },
  ]),
  ...platform("lighttpd", "https://redmine.lighttpd.net/projects/lighttpd/wiki", [
    {
      id: "lighttpd",
      when: { headers: { server: "lighttpd" }, kind: "html" },
      keep: matched(/^(\d{3})(?: -)? /),
      known: pages("lighttpd"),
      told: otherPage("lighttpd"),
    },
  ]),
  ...platform("gunicorn", "https://docs.gunicorn.org/en/stable/settings.html", [
    {
      id: "gunicorn-bad-request",
      when: {
        codes: [400],
        raw: ["<title>bad request</title>"],
        text: [
          "invalid request line",
          "invalid http version",
          "invalid header",
          "limit request line",
          "limit request headers",
          "invalid method",
        ],
      },
      keep: ({ lines }) => [masked(lines.at(-1) ?? "")],
      told: [
        "bad_request",
        "gunicorn refused the request: {1}",
        "Check what stands between {provider} and the gunicorn of {receiver}: the request is not proper HTTP",
      ],
    },
  ]),
];
