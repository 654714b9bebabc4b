import { describe, expect, it } from "vitest";
import { type Answer, readAnswer } from "./samples.ts";

const page = (title: string, body: string): string =>
  `<!doctype html><html><head><title>${title}</title><style>p{color:red}</style></head><body>${body}</body></html>`;

describe("one cause in many forms", () => {
  it.each<[string, Answer[]]>([
    [
      "a strong code stands with its sentence, without it, in XML and in a log",
      [
        { code: 401, body: { errorCode: "WIDGET_SESSION_LOST", message: "Session lost or never there" } },
        { code: 401, body: [{ message: "Session lost", errorCode: "WIDGET_SESSION_LOST", fields: [] }] },
        {
          code: 401,
          body: "<Errors><Error><errorCode>WIDGET_SESSION_LOST</errorCode><message>Lost</message></Error></Errors>",
        },
        { code: 401, error: "WIDGET_SESSION_LOST: Session lost or never there" },
        { code: 401, error: "ParcelError: 401 Session lost or never there (WIDGET_SESSION_LOST)" },
      ],
    ],
    [
      "a number that is named a code stands on a page, in a text, in a sentence and in brackets",
      [
        {
          code: 500,
          body: page("Script failed | shop.example.com | EdgeNet", "<h1>Error 7301</h1><p>Ray ID: 8f1a</p>"),
        },
        {
          code: 500,
          body: "Error 7301 Ray ID: 99a0c1d2e3f4a5b6 • 2026-03-01 10:00:00 UTC\nScript failed\nWhat happened?",
        },
        { code: 500, body: "error code: 7301" },
        { code: 500, error: "unexpected status code 500: error code: 7301" },
        { code: 500, error: "EdgeApiError[7301]: Script failed" },
      ],
    ],
    [
      "a field that is missing is told by validators of all languages",
      [
        {
          code: 422,
          body: {
            detail: [{ type: "missing", loc: ["body", "order_ref"], msg: "Field required", input: { type: "a" } }],
          },
        },
        {
          code: 422,
          body: { detail: [{ loc: ["body", "order_ref"], msg: "field required", type: "value_error.missing" }] },
        },
        {
          code: 422,
          body: { message: "The given data was invalid.", errors: { order_ref: ["The order ref field is required."] } },
        },
        {
          code: 422,
          body: { title: "One or more validation errors occurred.", errors: { order_ref: ["Required."] }, status: 422 },
        },
        { code: 422, body: { errors: [{ instancePath: "/order_ref", message: "must not be blank" }] } },
        { code: 422, body: { issues: [{ code: "invalid_type", path: ["order_ref"], message: "Required" }] } },
        { code: 422, body: { error: "'order_ref' is required" } },
        { code: 422, body: { message: "Missing required parameter: order_ref" } },
        {
          code: 422,
          body: '{"detail":[{"type":"missing","loc":["body","order_ref"],"msg":"Field required","input":{"a":"b',
        },
      ],
    ],
    [
      "a sentence stands with the class of its exception, a statement and a stack, and without",
      [
        { code: 500, body: { message: "relation is locked for maintenance" } },
        {
          code: 500,
          body: {
            error: "Internal Server Error",
            message: "ERROR: relation is locked for maintenance (SQL: select * from a where id = 7)",
          },
        },
        { code: 500, body: { message: "acme.db.QueryException: relation is locked for maintenance" } },
        {
          code: 500,
          body: 'Traceback (most recent call last):\n  File "/srv/a.py", line 3, in b\n    c()\nacme.db.LockError: relation is locked for maintenance',
        },
        { code: 500, error: "HTTP 500: relation is locked for maintenance" },
      ],
    ],
    [
      "a script's engine words one fault of syntax in many ways",
      [
        {
          code: 400,
          body: page(
            "Error",
            "<pre>SyntaxError: Unexpected token o in JSON at position 1<br> at JSON.parse (&lt;anonymous&gt;)</pre>",
          ),
        },
        { code: 400, body: { message: "Unexpected token } in JSON at position 815" } },
        { code: 400, body: "SyntaxError: Expected property name or '}' in JSON at position 1 (line 1 column 2)" },
      ],
    ],
    [
      "advice, ids and times come after the first sentence",
      [
        { code: 409, body: { message: "The ledger is closed for this month." } },
        {
          code: 409,
          body: { message: "The ledger is closed for this month. Please contact support with id 7f3a9c21d0." },
        },
        {
          code: 409,
          body: page(
            "Conflict",
            "<h1>The ledger is closed for this month</h1><p>Request ID: 81ba-77</p><p>Please try again later.</p>",
          ),
        },
      ],
    ],
    [
      "a code of no standard is one platform's, in whatever form",
      [
        { code: 527, body: "error code: 527" },
        { code: 527, body: page("shop.example.com | 527: Railgun said no", "<h1>Railgun said no</h1>") },
        { code: 527 },
      ],
    ],
    [
      "a line of a log has the code among its fields",
      [
        {
          code: 503,
          error:
            'at=error code=Q17 desc="Worker gone" method=POST path="/a" dyno=web.1 service=30ms status=503 bytes=0',
        },
        {
          code: 503,
          error: '2026-01-01T10:00:00Z router[web]: at=error code=Q17 desc="Worker gone" path="/b" status=503 tls=true',
        },
      ],
    ],
  ])("%s", (_, answers) => {
    expect(answers.map((answer) => readAnswer(answer).signature)).toEqual(
      answers.map(() => readAnswer(answers[0] ?? {}).signature),
    );
  });
});

describe("two causes", () => {
  it.each<[string, Answer, Answer]>([
    [
      "differ by the field",
      { code: 422, body: { errors: { email: ["is required"] } } },
      { code: 422, body: { errors: { phone: ["is required"] } } },
    ],
    [
      "differ by the fault of a field",
      { code: 422, body: { errors: { email: ["is required"] } } },
      { code: 422, body: { errors: { email: ["has already been taken"] } } },
    ],
    [
      "differ by the error code",
      { code: 400, body: { code: "card_expired", message: "No" } },
      { code: 400, body: { code: "card_stolen", message: "No" } },
    ],
    [
      "differ by the words beside a weak code",
      { code: 400, body: { code: "BAD_REQUEST", message: "The ledger is closed" } },
      { code: 400, body: { code: "BAD_REQUEST", message: "The shop is shut" } },
    ],
    [
      "differ by the line below a headline that says little",
      {
        code: 403,
        body: page(
          "The request could not be satisfied",
          "<h2>The request could not be satisfied.</h2>Country not served",
        ),
      },
      {
        code: 403,
        body: page(
          "The request could not be satisfied",
          "<h2>The request could not be satisfied.</h2>Origin is not reachable",
        ),
      },
    ],
    [
      "differ by the server of a bare page",
      {
        code: 404,
        body: page("404 Not Found", "<center><h1>404 Not Found</h1></center><hr><center>nginx/1.2</center>"),
      },
      {
        code: 404,
        body: page("404 Not Found", "<center><h1>404 Not Found</h1></center><hr><center>lighttpd/1.4</center>"),
      },
    ],
    ["differ by the status code", { code: 500, body: "Nope, broken here" }, { code: 502, body: "Nope, broken here" }],
    [
      "differ by the rule that blocked",
      { code: 403, body: "Blocked by rule named sql-injection-strict" },
      { code: 403, body: "Blocked by rule named path-traversal" },
    ],
  ])("%s", (_, one, other) => {
    expect(readAnswer(one).id).not.toBe(readAnswer(other).id);
  });
});

describe("what a person reads", () => {
  it.each<[string, Answer, string]>([
    [
      "the field and what is wrong with it",
      { code: 422, body: { detail: [{ loc: ["body", "event_id"], msg: "Field required", type: "missing" }] } },
      "The receiver answered 422: event_id: Field required",
    ],
    [
      "the sentence with what varies left out",
      { code: 404, body: { message: "Could not find page with ID: 9f1c2d3e-0000-4000-8000-1a2b3c4d5e6f." } },
      "The receiver answered 404: could not find page with ID: …",
    ],
    ["the reason where nothing else is said", { code: 502 }, "The receiver answered 502 Bad Gateway"],
    ["the code where it has no name", { code: 599 }, "The receiver answered 599"],
    ["that nothing was said", {}, "It failed without a word"],
  ])("%s", (_, answer, title) => {
    expect(readAnswer(answer).title).toBe(title);
  });

  it("is the telling line as it came, and what was masked with an example", () => {
    const reading = readAnswer({ code: 404, body: { message: "No parcel 01HZX3V9QK5Y2M8N7P6R4S1T0W\n at depot" } });
    expect(reading.telling).toEqual({ place: "body", text: "No parcel 01HZX3V9QK5Y2M8N7P6R4S1T0W at depot" });
    expect(reading.masked).toEqual([{ kind: "id", example: "01H…" }]);
  });

  it("says how sure it is", () => {
    expect(readAnswer({ code: 502 }).sureness).toBe("unsure");
    expect(readAnswer({ code: 409, body: "The ledger is closed" }).sureness).toBe("likely");
  });
});
