import { matched } from "../keep.ts";
import { platform, type Told } from "../rule.ts";

const HEROKU_CODES: Record<string, Told> = {
  h10: [
    "server_error",
    "Heroku H10: the app crashed",
    "Read the app's log (heroku logs) of {receiver} for why its web process ended",
  ],
  h11: [
    "gateway",
    "Heroku H11: too many requests wait",
    "Add dynos to the app of {receiver}, or make it answer faster",
  ],
  h12: [
    "timeout",
    "Heroku H12: the app took longer than 30 seconds",
    "Let {receiver} answer the webhook at once and do the work in a worker",
  ],
  h13: [
    "gateway",
    "Heroku H13: the app closed the connection without an answer",
    "Look for crashes and short keep-alives of the web server at {receiver}",
  ],
  h14: [
    "platform_quota_or_sleep",
    "Heroku H14: no web dyno runs",
    "Scale the web process of {receiver} up: heroku ps:scale web=1",
  ],
  h15: ["timeout", "Heroku H15: the connection was idle", "Find what stalls in the app of {receiver}"],
  h16: ["gone_or_moved", "Heroku H16: it redirects to herokuapp.com", "Use the app's custom domain in {webhook}"],
  h17: ["gateway", "Heroku H17: the app's answer is malformed", "Correct the HTTP answer of the app at {receiver}"],
  h18: [
    "gateway",
    "Heroku H18: the app broke the connection",
    "Read the body before answering at {receiver}, and look for crashes",
  ],
  h19: ["timeout", "Heroku H19: connecting to the dyno took too long", "Restart the dynos of {receiver}"],
  h20: [
    "timeout",
    "Heroku H20: the app took longer than 75 seconds to start",
    "Make the app of {receiver} bind to its port sooner",
  ],
  h21: ["gateway", "Heroku H21: the dyno refused the connection", "Restart the dynos of {receiver} and read their log"],
  h22: ["gateway", "Heroku H22: the connection limit is reached", "Add dynos to the app of {receiver}"],
  h27: ["timeout", "Heroku H27: the sender gave up first", "Let {receiver} answer sooner than {provider} waits"],
  h28: ["timeout", "Heroku H28: the connection was idle at the sender's side", "Let {receiver} answer sooner"],
  h31: [
    "bad_request",
    "Heroku H31: this domain was misdirected",
    "Point {receiver}'s DNS record to the DNS target that Heroku gave it",
  ],
  h80: [
    "gateway",
    "Heroku H80: the app is in maintenance mode",
    "End the maintenance of {receiver}: heroku maintenance:off",
  ],
  h81: ["not_found", "Heroku H81: no code was deployed", "Push the app of {receiver}"],
  h82: [
    "platform_quota_or_sleep",
    "Heroku H82: the free dyno hours are used up",
    "Move the app of {receiver} to a paid plan",
  ],
  h99: ["gateway", "Heroku H99: Heroku itself has a fault", "See Heroku's status page and try again"],
  r14: ["server_error", "Heroku R14: the app uses more memory than it has", "Give the dyno of {receiver} more memory"],
  r15: ["server_error", "Heroku R15: the app was killed for its memory", "Give the dyno of {receiver} more memory"],
};

export const HEROKU = platform("Heroku", "https://devcenter.heroku.com/articles/error-codes", [
  {
    id: "heroku",
    when: [{ text: ["at=error", "heroku router", "heroku/router", "herokuapp", "sock=backend"] }, { text: ["heroku"] }],
    keep: matched(/\b(?:code=|error )?([HR]\d\d)\b/),
    known: HEROKU_CODES,
    told: ["server_error", "Heroku {1}", "Look the code {1} up in Heroku's error codes and read the log of {receiver}"],
  },
  {
    id: "heroku-no-such-app",
    when: [
      { raw: ["herokucdn.com/error-pages/no-such-app"] },
      { is: ["no such app", "heroku | no such app"] },
      { text: ["there is no app configured at that hostname", "there's nothing here, yet"], alsoText: ["heroku"] },
    ],
    told: [
      "not_found",
      "Heroku: there is no such app",
      "Check whether the app of {receiver} was deleted or renamed, or its domain removed",
    ],
  },
  {
    id: "heroku-maintenance",
    when: [
      { raw: ["herokucdn.com/error-pages/maintenance"] },
      { text: ["offline for maintenance"], alsoText: ["heroku"] },
    ],
    told: [
      "gateway",
      "Heroku: the app is in maintenance mode",
      "End the maintenance of {receiver}: heroku maintenance:off",
    ],
  },
  {
    id: "heroku-application-error",
    when: [
      { raw: ["herokucdn.com/error-pages/application-error"] },
      { text: ["an error occurred in the application and your page could not be served"] },
      { text: ["application error"], alsoText: ["heroku logs"] },
    ],
    told: [
      "server_error",
      "Heroku: the app did not answer",
      "Read heroku logs --tail of {receiver}: the router's line names the H code",
    ],
  },
]);
