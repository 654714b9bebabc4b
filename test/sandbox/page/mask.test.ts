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
    ["but no place in a list", { nextPageToken: "p2", page_token: "p1" }, { nextPageToken: "p2", page_token: "p1" }],
    ["but no words about a token", 'Bearer error="invalid_token"', 'Bearer error="invalid_token"'],
    [
      "nothing else",
      { text: "tokens are scarce", count: 3, none: null },
      { text: "tokens are scarce", count: 3, none: null },
    ],
  ])("takes out %s", (_what, value, expected) => {
    expect(masked(value, ["sesame"])).toEqual(expected);
  });
});
