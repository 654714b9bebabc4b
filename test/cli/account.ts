import type { WireHook } from "./wire-zendesk.ts";

/** The moment of the questions to this account. */
export const NOW = new Date("2026-11-21T12:00:00.000Z");

export const ORDERS = "01KORDERS0000000000000000A";
export const JIRA = "01KJ1RA0000000000000000000";
export const QUIET = "01KQ1ET0000000000000000000";

/** Refused after it was held back: two rows of one invocation, on two pages. */
export const REFUSED = "01M7YZ00000000000000000001";
export const REFUSED_AT_ONCE = "01M7YZ00000000000000000009";
/** Not sent, after it was held back. */
export const BROKEN = "01M7YZ00000000000000000002";
/** Held back a moment ago: it may still be sent. */
export const WAITING = "01M7YZ00000000000000000003";
export const DELIVERED = "01M7YZ00000000000000000004";
/** Held back for an hour: it will not be sent any more. */
export const STUCK = "01M7YZ00000000000000000005";
export const CRASHED = "01M7Q000000000000000000006";
/** Ended without success, although the receiver answered 200. */
export const ENDED = "01M7E000000000000000000007";
export const BEFORE_THE_WINDOW = "01M7C000000000000000000008";
export const TIMED_OUT = "01M7YZ0000000000000000000A";
/** With a status that nobody has heard of. */
export const STRANGE = "01M7YZ0000000000000000000B";

/** Every failed invocation of the last 7 days, in order. */
export const FAILED = [REFUSED, REFUSED_AT_ONCE, BROKEN, STUCK, CRASHED, ENDED, TIMED_OUT, STRANGE].toSorted();

/** An account whose log was written by hand. */
export const HOOKS: WireHook[] = [
  {
    id: ORDERS,
    name: "Order sync",
    pages: [
      [
        { id: REFUSED, status_code: 403, status: "terminated", latest_completed_at: "2026-11-21T11:58:14Z" },
        { id: WAITING, status: "throttled", latest_completed_at: "2026-11-21T11:55:00Z" },
        { id: BROKEN, status: "circuit broken", latest_completed_at: "2026-11-21T11:50:00Z" },
        { id: DELIVERED, status_code: 200, status: "success", latest_completed_at: "2026-11-21T11:40:00Z" },
      ],
      [
        { id: REFUSED, status: "throttled", latest_completed_at: "2026-11-21T11:38:00Z" },
        { id: REFUSED_AT_ONCE, status_code: 403, status: "terminated", latest_completed_at: "2026-11-21T11:36:30Z" },
        { id: BROKEN, status: "throttled", latest_completed_at: "2026-11-21T11:35:00Z" },
        { id: STUCK, status: "throttled", latest_completed_at: "2026-11-21T11:00:00Z" },
        { id: CRASHED, status_code: 500, status: "server error", latest_completed_at: "2026-11-18T08:00:01Z" },
      ],
      [
        { id: CRASHED, status: "throttled", latest_completed_at: "2026-11-18T07:59:00Z" },
        { id: ENDED, status_code: 200, status: "terminated", latest_completed_at: "2026-11-15T06:00:00Z" },
        { id: BEFORE_THE_WINDOW, status_code: 404, status: "terminated", latest_completed_at: "2026-11-14T11:00:00Z" },
      ],
    ],
  },
  {
    id: JIRA,
    name: "Jira sync",
    pages: [
      [
        { id: TIMED_OUT, status: "timeout", latest_completed_at: "2026-11-21T10:00:00Z" },
        { id: STRANGE, status: "teleported", latest_completed_at: "2026-11-20T09:00:00Z" },
      ],
    ],
  },
  { id: QUIET, name: "Quiet one", pages: [[]] },
];

/** As recorded: newest first, each with the webhook's id for its own. */
export const ATTEMPTS: Record<string, object[]> = {
  [REFUSED]: [
    {
      id: ORDERS,
      invocation_id: REFUSED,
      status_code: 403,
      status: "terminated",
      request: {
        headers: [{ key: "X-Zendesk-Webhook-Signature", value: "TmnyajSgPlantedSignature==" }],
        payload: '{"ticket":{"id":1}}',
      },
      response: {
        headers: [
          { key: "Date", value: "Sat, 21 Nov 2026 11:58:14 GMT" },
          { key: "Server", value: "nginx" },
        ],
        payload: "<html>\r\n403 Forbidden\r\n</html>",
      },
      completed_at: "2026-11-21T11:58:14Z",
    },
    { id: ORDERS, invocation_id: REFUSED, status: "throttled", completed_at: "2026-11-21T11:38:00Z" },
  ],
};
