import { describe, expect, it } from "vitest";
import { masked } from "../../../sandbox/page/mask.ts";

describe("masking", () => {
  it.each([
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
      "nothing else",
      { text: "tokens are scarce", count: 3, none: null },
      { text: "tokens are scarce", count: 3, none: null },
    ],
  ])("takes out %s", (_what, value, expected) => {
    expect(masked(value, ["sesame"])).toEqual(expected);
  });
});
