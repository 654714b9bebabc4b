import { describe, expect, it } from "vitest";
import { createLog } from "../../src/ops/log.ts";
import { inRequest, newRequestId, requestIdNow } from "../../src/ops/request-id.ts";
import { redactText } from "../../src/triage/redact.ts";
import { clientFor, neverAborted } from "../providers/clients.ts";
import { startLoopback } from "../providers/loopback.ts";

function open() {
  const lines: string[] = [];
  const log = createLog({ level: "trace", destination: { write: (line) => lines.push(line) }, secrets: [] });
  const idsByMessage = () => lines.map((line) => JSON.parse(line)).map(({ msg, requestId }) => [msg, requestId]);
  return { log, idsByMessage };
}

describe("the id of a request", () => {
  it("stands on every line that is written meanwhile, by any child and after any wait, and on no other", async () => {
    const { log, idsByMessage } = open();
    const child = log.child({ room: "store" });
    async function work(name: string): Promise<void> {
      log.info(`${name} begins`);
      await Promise.resolve();
      child.debug(`${name} ends`);
    }
    log.info("before");
    await Promise.all([inRequest("a", () => work("one")), inRequest("b", () => work("other"))]);
    log.info("after");
    expect(idsByMessage()).toEqual([
      ["before", undefined],
      ["one begins", "a"],
      ["other begins", "b"],
      ["one ends", "a"],
      ["other ends", "b"],
      ["after", undefined],
    ]);
  });

  it("hands on what the work gives and throws", () => {
    expect(inRequest("a", () => requestIdNow())).toBe("a");
    expect(() => inRequest("a", () => JSON.parse("{"))).toThrow(SyntaxError);
    expect(requestIdNow()).toBeUndefined();
  });

  it("is told to no provider", async () => {
    const server = await startLoopback((_request, response) => response.end("{}"));
    const { http } = clientFor(server.url);
    const request = { method: "GET", path: "/api/v2/webhooks" } as const;
    await inRequest("0123456789", () => http.send(request, { signal: neverAborted() }));
    await server.close();
    expect(server.requests).toHaveLength(1);
    expect(JSON.stringify(server.requests)).not.toContain("0123456789");
  });

  it("is short, hardly ever the same, and never taken for a secret", () => {
    const ids = Array.from({ length: 2_000 }, newRequestId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{10}$/);
    const lines = JSON.stringify(ids.map((requestId) => ({ requestId, msg: `Request ${requestId}` })));
    expect(redactText(lines).text).toBe(lines);
  });
});
