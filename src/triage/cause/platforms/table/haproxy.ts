import { otherPage, pages } from "../pages.ts";
import { type Keeper, platform } from "../rule.ts";

const HAPROXY_WORDS: Record<string, string> = {
  "your browser sent an invalid request": "400",
  "you need a valid user and password to access this content": "401",
  "request forbidden by administrative rules": "403",
  "the resource could not be found": "404",
  "a request was made of a resource using a request method not supported by that resource": "405",
  "your browser didn't send a complete request in time": "408",
  "the resource is no longer available and no forwarding address is known": "410",
  "the request entity exceeds the maximum allowed": "413",
  "you have sent too many requests in a given amount of time": "429",
  "an internal server error occurred": "500",
  "the server returned an invalid or incomplete response": "502",
  "no server is available to handle this request": "503",
  "the server didn't respond in time": "504",
};

/** Its pages are told by their sentence; the code is the page's own. */
const haproxySentence: Keeper = ({ lowerText }) => {
  const sentence = Object.keys(HAPROXY_WORDS).find((words) => lowerText.includes(words));
  const code = sentence === undefined ? undefined : HAPROXY_WORDS[sentence];
  return code === undefined ? undefined : [code];
};

export const HAPROXY = platform("HAProxy", "https://github.com/haproxy/haproxy/blob/master/src/http.c", [
  {
    id: "haproxy",
    when: [
      { text: Object.keys(HAPROXY_WORDS), kind: "html", notText: ["varnish", "<title>"] },
      {
        text: [
          "no server is available to handle this request",
          "request forbidden by administrative rules",
          "the server returned an invalid or incomplete response",
          "the server didn't respond in time",
        ],
      },
    ],
    keep: haproxySentence,
    known: pages("HAProxy", {
      "403": [
        "blocked",
        "HAProxy 403: an http-request deny rule forbids it",
        "Find the deny rule in the HAProxy in front of {receiver} and except {provider}'s addresses",
      ],
      "502": [
        "gateway",
        "HAProxy 502: the server behind it gave no proper answer",
        "See whether the server behind the HAProxy of {receiver} crashes or resets; the log's termination flags say which",
      ],
      "503": [
        "gateway",
        "HAProxy 503: no server behind it is up",
        "Start the servers of the backend at {receiver}, or correct their health check in HAProxy",
      ],
      "504": [
        "timeout",
        "HAProxy 504: the server behind it took too long",
        "Find what is slow at {receiver}, or raise timeout server of its HAProxy",
      ],
    }),
    told: otherPage("HAProxy"),
  },
  {
    id: "openshift-application-not-available",
    source: "https://docs.redhat.com/en/documentation/openshift_container_platform/",
    when: { text: ["the application is currently not serving requests at this endpoint"] },
    told: [
      "gateway",
      "OpenShift: no pod serves this route",
      "See whether the route of {receiver} exists and its pods are ready",
    ],
  },
]);
