import { masked, matched } from "../keep.ts";
import { platform } from "../rule.ts";
import { FIELD, LOGS, ROUTE } from "./steps.ts";

export const RAILS = platform("Rails", "https://guides.rubyonrails.org/action_controller_overview.html", [
  {
    id: "rails-csrf",
    when: [{ text: ["actioncontroller::invalidauthenticitytoken", "can't verify csrf token authenticity"] }],
    told: [
      "auth",
      "Rails 422: the CSRF check failed",
      "Skip the check for the webhook's action at {receiver}: skip_before_action :verify_authenticity_token",
    ],
  },
  {
    id: "rails-blocked-host",
    source: "https://guides.rubyonrails.org/configuring.html",
    when: { text: ["blocked hosts:", "blocked host:"] },
    told: ["blocked", "Rails 403: this host is not allowed", "Add {receiver} to config.hosts of the app"],
  },
  {
    id: "rails-422-change-rejected",
    when: { text: ["the change you wanted was rejected"] },
    told: [
      "auth",
      "Rails 422: the change was rejected, mostly by the CSRF check",
      "Skip the CSRF check for the webhook's action at {receiver}: skip_before_action :verify_authenticity_token",
    ],
  },
  {
    id: "rails-404",
    when: [
      { text: ["the page you were looking for doesn't exist"] },
      { text: ["no route matches"], notText: ["kong"] },
    ],
    told: ["not_found", "Rails 404: no route for this path", ROUTE],
  },
  {
    id: "rails-500",
    when: { text: ["we're sorry, but something went wrong"], notText: ["phusion", "passenger"] },
    told: ["server_error", "Rails 500: the app threw an error", LOGS],
  },
  {
    id: "rails-400-missing",
    when: { text: ["param is missing or the value is empty"] },
    keep: matched(/param is missing or the value is empty(?: or invalid)?: (\w{1,60})/i),
    told: ["bad_request", "Rails 400: the parameter {1} is missing", FIELD],
  },
  {
    id: "rails-400",
    when: {
      text: ["your browser sent a request that this server could not understand"],
      raw: ["rails-default-error-page"],
    },
    told: [
      "bad_request",
      "Rails 400: it refused the request as malformed",
      "Compare content type and body of {webhook}",
    ],
  },
  {
    id: "rails-exception",
    when: { fields: { exception: true, status: true, error: true, "traces.Application Trace.trace": true } },
    keep: ({ fields }) =>
      fields.filter(({ path }) => path === "exception").map(({ value }) => masked(value.replace(/^#<|>$/g, ""))),
    told: ["as said", "Rails: {1}", LOGS],
  },
  {
    id: "passenger",
    source: "https://www.phusionpassenger.com/library/",
    when: { text: ["phusion passenger"], codes: [500, 502, 503] },
    keep: ({ lowerText }) => [lowerText.includes("queue") ? "queue full" : "could not start"],
    told: ["server_error", "Passenger: the app {1}", "Read the Passenger log of {receiver}"],
  },
  {
    id: "sinatra-404",
    source: "https://github.com/sinatra/sinatra",
    when: { text: ["sinatra doesn't know this ditty", "sinatra doesn’t know this ditty"] },
    told: ["not_found", "Sinatra 404: no route for this path", ROUTE],
  },
  {
    id: "rack-protection",
    source: "https://github.com/sinatra/sinatra/tree/main/rack-protection",
    when: {
      is: ["host not permitted", "forbidden: host not permitted", "attack prevented by rack::protection::httporigin"],
    },
    told: ["blocked", "Sinatra 403: this host is not permitted", "Add {receiver} to host_authorization of the app"],
  },
  {
    id: "rack-attack",
    source: "https://github.com/rack/rack-attack",
    when: { is: ["retry later"] },
    told: [
      "rate_limited",
      "rack-attack 429: throttled",
      "Let {provider}'s addresses pass in rack-attack of the app at {receiver}",
    ],
  },
  {
    id: "puma-low-level",
    source: "https://github.com/puma/puma",
    when: { text: ["an unhandled lowlevel error occurred", "puma caught this error"] },
    told: ["server_error", "Puma 500: the app did not start or broke early", LOGS],
  },
]);
