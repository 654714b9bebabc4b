import { describe, expect, it } from "vitest";
import { unwrap } from "../../../src/triage/cause/unwrap.ts";

describe("an answer within a logged sentence", () => {
  it.each([
    ["unexpected status code 503: no worker left", "text", "no worker left"],
    ["webhook returned 502 Bad Gateway - depot is shut", "text", "depot is shut"],
    ["Request failed with HTTP status 404 Not Found: no such parcel", "text", "no such parcel"],
  ])("%s is found", (message, kind, line) => {
    const reading = unwrap(message);
    expect(reading?.kind).toBe(kind);
    expect(reading?.lines[0]?.text).toBe(line);
  });

  it.each([
    [
      'Client error: `POST https://a.example` resulted in a `422 Unprocessable` response:\n{"code":"lost"} (truncated...)',
      "json",
    ],
    ["Server error: resulted in a `504 Gateway Timeout` response:\n<html><head><title>504</title></head>", "html"],
    ['got 400: "{\\"code\\":\\"lost\\"}"', "json"],
  ])("%s is read as a document", (message, kind) => {
    expect(unwrap(message)?.kind).toBe(kind);
  });

  it.each([
    "connect ECONNREFUSED 10.0.0.1:443",
    "request failed with status code 502",
    'at=error code=Q17 desc="Worker gone" path="/b" status=503 tls=true',
    "",
  ])("is not seen in %j", (message) => {
    expect(unwrap(message)).toBeUndefined();
  });
});
