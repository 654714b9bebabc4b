import { describe, expect, it } from "vitest";
import { redactBody, redactText, redactUrl } from "../../src/triage/redact.ts";

const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

describe("values beside telling names", () => {
  it.each([
    ['{"password":"hunter2","ok":true}', '{"password":"[redacted]","ok":true}', 1],
    ['{"pin": 1234, "clientSecret" : "x\\"y"}', '{"pin": "[redacted]", "clientSecret" : "[redacted]"}', 2],
    [String.raw`{"body":"{\"password\":\"hu\\\"nter\"}"}`, String.raw`{"body":"{\"password\":\"[redacted]\"}"}`, 1],
    [
      '{"tokens":{"a":"b","n":[1,"x"]},"z":1}',
      '{"tokens":{"a":"[redacted]","n":["[redacted]","[redacted]"]},"z":1}',
      3,
    ],
    ['{"key":"X-Api-Key","value":"abc123"}', '{"key":"X-Api-Key","value":"[redacted]"}', 1],
    ['{"cookie":"a=b; c=d"}', '{"cookie":"a=[redacted]; c=[redacted]"}', 2],
    ['{"access_token":"cut o', '{"access_token":"[redacted]', 1],
    ["{'password': 'x', 'token': None}", "{'password': '[redacted]', 'token': None}", 1],
    ["a=1&api_key=abc&b=2", "a=1&api_key=[redacted]&b=2", 1],
    ["a=1\\u0026token=abc\\u0026b=2", "a=1\\u0026token=[redacted]\\u0026b=2", 1],
    ["user%5Bpassword%5D=abc&z=1", "user%5Bpassword%5D=[redacted]&z=1", 1],
    ["password=%22abc%22&x=1", "password=%22[redacted]%22&x=1", 1],
    ["<password>hunter2</password>", "<password>[redacted]</password>", 1],
    ['<a:Token xmlns="x">abc</a:Token>', '<a:Token xmlns="x">[redacted]</a:Token>', 1],
    ["&lt;password&gt;abc&lt;/password&gt;", "&lt;password&gt;[redacted]&lt;/password&gt;", 1],
    ['<input name="csrf_token" value="abc">', '<input name="csrf_token" value="[redacted]">', 1],
    ["login failed, password: swordfish, user: bob", "login failed, password: [redacted], user: bob", 1],
    ["DB_PASSWORD=a,b;c) next", "DB_PASSWORD=[redacted]) next", 1],
    ["password=secret", "password=[redacted]", 1],
    ["psql --password hunter2 --host x", "psql --password [redacted] --host x", 1],
    ["Authorization: Bearer abc\r\nAge: 1", "Authorization: Bearer [redacted]\r\nAge: 1", 1],
    ["Authorization:\r\n Bearer abc\r\nAge: 1", "Authorization:\r\n Bearer [redacted]\r\nAge: 1", 1],
    ['Authorization: Digest username="bob", response="ab"\nX: y', "Authorization: Digest [redacted]\nX: y", 1],
    ["Authorization: Custom a b c\nX: y", "Authorization: [redacted]\nX: y", 1],
    ["Cookie: a=b; c=d\nAge: 1", "Cookie: a=[redacted]; c=[redacted]\nAge: 1", 2],
    ["Set-Cookie: sid=abc; Path=/; HttpOnly", "Set-Cookie: sid=[redacted]; Path=/; HttpOnly", 1],
    ['form-data; name="password"\r\n\r\nhunter2\r\n--b', 'form-data; name="password"\r\n\r\n[redacted]\r\n--b', 1],
  ])("are masked in %s", (text, expected, count) => {
    expect(redactText(text)).toEqual({ text: expected, maskedCount: count });
  });
});

describe("tokens that are known by their shape", () => {
  it.each([
    ["Bearer", "sent Bearer 4f9a2b7c1d now", "sent Bearer [redacted] now"],
    ["Basic", "\\nBasic dXNlcjpwYXNz", "\\nBasic [redacted]"],
    ["JWT", `got ${jwt}.`, "got [redacted]."],
    ["cut-off JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOi", "[redacted]"],
    ["Slack", `id xoxb-${"123456789012-abcdefGHIJ"} x`, "id [redacted] x"],
    ["Slack app", `xapp-${"1-A012-345-abcdef"}`, "[redacted]"],
    ["GitHub", `ghp_${"a1B2".repeat(9)}`, "[redacted]"],
    ["GitHub, fine-grained", `github_pat_${"a1B2_".repeat(9)}`, "[redacted]"],
    ["Facebook", `EAAG${"m0PX4ZCpsBA1".repeat(3)}`, "[redacted]"],
    ["Square", `sq0atp-${"a1B2c3D4e5F6".repeat(2)}`, "[redacted]"],
    ["Airtable", `pat${"a1B2c3D4e5F6g7"}.${"0f1e2d3c".repeat(8)}`, "[redacted]"],
    ["AWS", "id AKIAIOSFODNN7EXAMPLE", "id [redacted]"],
    [
      "AWS secret",
      "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      "aws_secret_access_key = [redacted]",
    ],
    ["Google", `AIza${"SyA1234567".repeat(4)}`, "[redacted]"],
    ["Stripe", `sk_live_${"4eC39HqLyjWD"} whsec_${"abcdefgh"}`, "[redacted] [redacted]"],
    ["ConductorOne", "secret-token:conductorone.com:v1:eyJrdHkiOiJPS1AifQ", "[redacted]"],
    ["npm", `npm_${"a1B2".repeat(9)}`, "[redacted]"],
    ["GitLab", `glpat-${"a1B2c3".repeat(4)}`, "[redacted]"],
    ["PEM", "a -----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY----- b", "a [redacted] b"],
    ["cut-off PEM", '{"k":"-----BEGIN PRIVATE KEY-----\\nabc","z":1}', '{"k":"[redacted]","z":1}'],
    ["user info", "postgres://u:p%40ss@db:5432/x", "postgres://[redacted]@db:5432/x"],
    ["user info in JSON", '{"u":"https:\\/\\/u:p@h\\/x"}', '{"u":"https://[redacted]@h/x"}'],
    ["encoded user info", "to=https%3A%2F%2Fbob%3Apw%40h.com%2Fx", "to=https%3A%2F%2F[redacted]%40h.com%2Fx"],
    ["Slack webhook", "hooks.slack.com/services/T01/B02/abcDEF", "hooks.slack.com/services/T01/B02/[redacted]"],
    [
      "PagerDuty integration",
      `https://events.pagerduty.com/integration/${"0f1e2d3c".repeat(4)}/enqueue`,
      "https://events.pagerduty.com/integration/[redacted]/enqueue",
    ],
    ["Make webhook", "https://hook.eu1.make.com/9kq2abcdefgh?x=1", "https://hook.eu1.make.com/[redacted]?x=1"],
    ["user info with a slash", "at postgres://u:p@ss/w0rd@db/x", "at postgres://[redacted]@db/x"],
    ["user info with a slash alone", "redis://:p/w0rd@db:6379/0", "redis://[redacted]@db:6379/0"],
    ["user info before a path with @", "amqp://u:p@mq:5672/v@h", "amqp://[redacted]@mq:5672/v@h"],
    ["curl's user", "curl -u admin:hunter2 https://a.example", "curl -u [redacted] https://a.example"],
    ["curl's user, at length", "curl --user 'a:b' x", "curl --user '[redacted]' x"],
    ["key of digits in JSON", `{"key":"${"0f1e2d3c".repeat(4)}","a":1}`, '{"key":"[redacted]","a":1}'],
    ["key of digits in cut-off JSON", `{"key": "${"0f1e2d3c".repeat(4)}","a":`, '{"key": "[redacted]","a":'],
    ["code in a URL", "to https://x/cb?code=4/0AbCdEf&state=1 x", "to https://x/cb?code=[redacted]&state=1 x"],
    ["key in a URL in JSON", '{"u":"https://x/a?b=1\\u0026key=abc1"}', '{"u":"https://x/a?b=1&key=[redacted]"}'],
    ["card", "paid by 4111 1111 1111 1111.", "paid by [redacted]."],
    ["e-mail", "from Joe <joe.doe+x@example.co.uk>", "from Joe <[e-mail]>"],
    ["e-mail in JSON", '{"m":"hi\\njoe\\u0040example.com"}', '{"m":"hi\\n[e-mail]"}'],
    ["e-mail in a query", "?email=joe%2Bx%40example.com&a=b", "?email=[e-mail]&a=b"],
    ["e-mail in HTML", "<b>joe&#64;example.com</b>", "<b>[e-mail]</b>"],
  ])("are masked: %s", (_, text, expected) => {
    expect(redactText(text).text).toBe(expected);
  });
});

describe("values in a sentence", () => {
  it.each([
    ["Password 'P@ssw0rd!' is wrong", "Password '[redacted]' is wrong"],
    ["Your api key is 9f8e7d6c5b.", "Your api key is [redacted]."],
    ["The access token 9f8e7d6c is invalid", "The access token [redacted] is invalid"],
    ["Incorrect API key provided: abc-12345.", "Incorrect API key provided: [redacted]."],
    ["sent x-api-key abc12345, refused", "sent x-api-key [redacted], refused"],
    ['{"error":"api key \\"9f8e7d6c\\" is unknown"}', '{"error":"api key \\"[redacted]\\" is unknown"}'],
  ])("are masked: %s", (text, expected) => {
    expect(redactText(text)).toEqual({ text: expected, maskedCount: 1 });
  });

  it.each([
    "Password must be 8 characters long",
    "The access token is invalid",
    "token expired 3600 seconds ago",
    "secret HMAC-SHA256 mismatch",
    "Password 'is' wrong",
    "token 2026-11-21T06:00:00Z",
    '["token ", 12345, "x"]',
  ])("stay where they hold no secret: %s", (text) => {
    expect(redactText(text)).toEqual({ text, maskedCount: 0 });
  });
});

describe("what tells the cause", () => {
  it.each([
    "https://x.example/error?code=502&key=missing https://x.example/?code=invalid_grant",
    "docker run -u 1000:1000 --user 0:0",
    '{"key":"PROJ-12"}',
    "https://medium.example/a/@user/x postgres://db:5432/x?y=@z s3://bucket/key@2",
    "https://events.pagerduty.com/v2/enqueue https://make.com/en",
    "01JD8Z7V0X8J5Y6K7M8N9P0QRS 1c77d270-5252-4682-af88-7a2bc72bce4c 2026-11-21T06:00:00.000Z 1763706000.123456",
    "cf-ray: 5ed85d3a97912c0a-AMS x-request-id: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
    'WWW-Authenticate: Bearer realm="api", error="invalid_token", error_description="The token expired"',
    '{"error":"invalid_grant","token":null,"password":["can\'t be blank"],"session":"expired"}',
    '{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}',
    "Invalid token: kid mismatch in header",
    "token: signature verification failed",
    "Unexpected token: o in JSON at position 1",
    "Basic authentication is required; Bearer token missing",
    '{"token_type":"Bearer","expires_in":3600,"max_tokens":4096,"grant_type":"password"}',
    'Post "https://ci.example.de/hook?x=1": context deadline exceeded',
    "connect ECONNREFUSED 10.0.0.7:443 at foo@1.2.3 in https://api.example.com/v2/things/123456789012345?page=2",
    "<Code>MissingAuthenticationToken</Code><Message>Request is missing Authentication Token</Message>",
    "x-zendesk-webhook-signature-timestamp: 2026-11-21T06:00:00Z",
  ])("stays: %s", (text) => {
    expect(redactText(text)).toEqual({ text, maskedCount: 0 });
  });
});

describe("URLs", () => {
  it.each([
    [
      "https://u:p@acme.example/hook?token=abc&page=2#x",
      "https://[redacted]@acme.example/hook?token=[redacted]&page=2#x",
    ],
    ["https://acme.example/hook?key=abc&code=xyz&q=1", "https://acme.example/hook?key=[redacted]&code=[redacted]&q=1"],
    ["https://acme.example/hooks/01JD8Z7V0X8J5Y6K7M8N9P0QRS", "https://acme.example/hooks/01JD8Z7V0X8J5Y6K7M8N9P0QRS"],
  ])("keep scheme, host and path: %s", (url, expected) => {
    expect(redactUrl(url)).toBe(expected);
    expect(redactUrl(expected)).toBe(expected);
  });
});

describe("bodies", () => {
  it("that are forms have their names decoded", () => {
    expect(redactBody("pass%77ord=a,b%26c&x=1", "application/x-www-form-urlencoded; charset=utf-8")).toEqual({
      text: "pass%77ord=[redacted]&x=1",
      maskedCount: 1,
    });
  });
});

describe("forms of OAuth", () => {
  it("lose the code", () => {
    const body = "code=4%2F0AbCdEf&grant_type=authorization_code&status=1";
    const { text } = redactBody(body, "application/x-www-form-urlencoded");
    expect(text).toBe("code=[redacted]&grant_type=authorization_code&status=1");
  });
});

describe("known secrets", () => {
  it("are masked wherever they stand, URL-encoded and in JSON too", () => {
    const knownSecrets = ['s3cr/"t+', "x"];
    const text = `a s3cr/"t+ b s3cr%2F%22t%2B c ${JSON.stringify('s3cr/"t+')} x`;
    expect(redactText(text, { knownSecrets })).toEqual({
      text: 'a [redacted] b [redacted] c "[redacted]" x',
      maskedCount: 3,
    });
  });

  it("are masked in JSON that stands in JSON, quotes and all", () => {
    const secret = 'a"b\\c-secret';
    const text = JSON.stringify({ body: JSON.stringify({ note: secret }) });
    const { text: masked } = redactText(text, { knownSecrets: [secret] });
    expect(JSON.parse(JSON.parse(masked).body)).toEqual({ note: "[redacted]" });
    expect(redactText(`at ${text.slice(1)}`, { knownSecrets: [secret] }).text).not.toContain("c-secret");
  });

  it("are masked as well when the list has grown since", () => {
    const knownSecrets = ["first-secret"];
    redactText("first-secret", { knownSecrets });
    knownSecrets.push("second-secret");
    expect(redactText("second-secret", { knownSecrets }).text).toBe("[redacted]");
  });
});
