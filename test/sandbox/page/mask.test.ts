import { describe, expect, it } from "vitest";
import { masked } from "../../../sandbox/page/mask.ts";

describe("masking", () => {
  it.each<[what: string, value: unknown, expected: unknown]>([
    ["a token by its field", { token: "whatever", text: "hello" }, { token: "•••", text: "hello" }],
    [
      "any field that ends like one",
      { access_token: "a", token_type: "Bearer" },
      { access_token: "•••", token_type: "Bearer" },
    ],
    ["tokens of Slack in a text", "use xoxb-1-2-abc or xapp-1-A", "use ••• or •••"],
    ["an authorization", { headers: [["x", "Bearer abc.def"]] }, { headers: [["x", "Bearer •••"]] }],
    ["a signed assertion", "sent eyJhbGciOi.eyJpc3Mi.c2ln to it", "sent ••• to it"],
    ["a response URL's key", "http://127.0.0.1:1/response/0123abc", "http://127.0.0.1:1/response/•••"],
    [
      "a WebSocket's ticket",
      "ws://127.0.0.1:1/link?ticket=12-34&app_id=A",
      "ws://127.0.0.1:1/link?ticket=•••&app_id=A",
    ],
    ["what is known, wherever it stands", "the key is sesame!", "the key is •••!"],
    ["a form", "grant_type=x&client_secret=abc", { grant_type: "x", client_secret: "•••" }],
    ["JSON in a text", '{"client_secret":"a","b":[1]}', { client_secret: "•••", b: [1] }],
    [
      "fields that are told as records",
      {
        headers: [
          { key: "X-Api-Key", value: "k1" },
          { name: "Set-Cookie", value: "sid=1" },
          { key: "Host", value: "h" },
        ],
      },
      {
        headers: [
          { key: "X-Api-Key", value: "•••" },
          { name: "Set-Cookie", value: "•••" },
          { key: "Host", value: "h" },
        ],
      },
    ],
    [
      "fields that are told as pairs",
      [
        ["x-api-key", "k1"],
        ["host", "h"],
      ],
      [
        ["x-api-key", "•••"],
        ["host", "h"],
      ],
    ],
    ...["x-api-key", "api_key", "apiKey", "signing_secret", "access-token", "X-Auth-Token", "set-cookie"].map(
      (name): [string, unknown, unknown] => [`a field named ${name}`, { [name]: "k1" }, { [name]: "•••" }],
    ),
    ["several values of one field", { "set-cookie": ["a=1", "b=2"] }, { "set-cookie": ["•••", "•••"] }],
    ["a header of a scheme that nobody knows", "Authorization: Token k1 k2\nHost: h", "Authorization: •••\nHost: h"],
    ["a key in a query", "GET /x?api_key=k1&page=2", "GET /x?api_key=•••&page=2"],
    ["who asks in an address", "see https://user:pass@host.example/x", "see https://•••@host.example/x"],
    ["a form of one pair", "client_secret=k1", "client_secret=•••"],
    ["JSON that breaks off", '{"a":1,"api_key":"k 1","b":"c', '{"a":1,"api_key":"•••","b":"c'],
    ["JSON in JSON that breaks off", '{"a":"{\\"token\\":\\"k1\\",\\"b\\":1', '{"a":"{\\"token\\":\\"•••\\",\\"b\\":1'],
    [
      "signed queries",
      "GET /cb?code=4f9a1c&sig=Zz9&page=2 and https://h.example/?hmac=0a1b",
      "GET /cb?code=•••&sig=•••&page=2 and https://h.example/?hmac=•••",
    ],
    [
      "paths that are passwords",
      "POST https://hooks.slack.com/services/T01/B02/abcDEF123",
      "POST https://hooks.slack.com/services/T01/B02/•••",
    ],
    [
      "signatures in headers",
      { headers: { "X-Hub-Signature-256": "sha256=0a1b", "X-Slack-Signature": "v0=0a1b" } },
      { headers: { "X-Hub-Signature-256": "•••", "X-Slack-Signature": "•••" } },
    ],
    ["a signature in a text", "X-Hub-Signature-256: sha256=0a1b\nHost: h", "X-Hub-Signature-256: •••\nHost: h"],
    [
      "short names of passwords",
      { pwd: "hunter2", line: "host=h pwd=hunter2" },
      { pwd: "•••", line: "host=h pwd=•••" },
    ],
    ["keys of services", "AKIAABCDEFGHIJKLMNOP, ghp_abcdefghij0123456789", "•••, •••"],
    ["a code of OAuth in a form", "code=4f9a1c&grant_type=x", { code: "•••", grant_type: "x" }],
    ["e-mail addresses", "by ada@customer.example", "by •••"],
    ["what is known, also where it is encoded", "GET /x?q=open%2Fbarley", "GET /x?q=•••"],
    ["but nothing that the bot has masked", "token=[redacted] of [e-mail]", "token=[redacted] of [e-mail]"],
    ["but no place in the query of a list", "GET /x?page_token=p2&page_size=5", "GET /x?page_token=p2&page_size=5"],
    ["but no number of tokens, and no code of an error", { tokens: 40, code: 16 }, { tokens: 40, code: 16 }],
    ["but no title of two cells", ["Secret santa", "of the year"], ["Secret santa", "of the year"]],
    ["but no place in a list", { nextPageToken: "p2", page_token: "p1" }, { nextPageToken: "p2", page_token: "p1" }],
    ["but no words about a token", 'Bearer error="invalid_token"', 'Bearer error="invalid_token"'],
    [
      "nothing else",
      { text: "tokens are scarce", count: 3, none: null },
      { text: "tokens are scarce", count: 3, none: null },
    ],
  ])("takes out %s", (_what, value, expected) => {
    expect(masked(value, ["sesame", "open/barley"])).toEqual(expected);
  });
});

describe("masking a large answer", () => {
  const invocation = (index: number) => ({
    id: `01K${index}`,
    status: "failed",
    request: {
      headers: [{ key: "Authorization", value: `Bearer k${index}` }],
      url: `https://h.example/x?sig=k${index}`,
    },
    response: { status: 500, body: `{"error":"upstream said no ${index}","at":"2026-11-19T08:00:00Z"}` },
  });
  const text = JSON.stringify({ invocations: Array.from({ length: 1_200 }, (_, index) => invocation(index)) });

  it.each([
    ["whole", text],
    ["broken off", text.slice(0, -1)],
    ["of one line", "x".repeat(300_000)],
  ])("is quick, %s", (_which, large) => {
    const startedAtMs = performance.now();
    masked(large, ["sesame"]);
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  });
});
