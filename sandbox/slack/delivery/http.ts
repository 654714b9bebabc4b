import { createHmac } from "node:crypto";
import { ACK_WITHIN_MS, type Delivery, type Receipt, type Receiver } from "./delivery.ts";

/** Posts to the app's request URL, signed: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function httpReceiver(url: string, signingSecret: string): Receiver {
  return { deliver: (delivery) => deliver(url, signingSecret, delivery) };
}

async function deliver(url: string, signingSecret: string, delivery: Delivery): Promise<Receipt> {
  const startedAtMs = performance.now();
  const elapsedMs = () => performance.now() - startedAtMs;
  const body = bodyOf(delivery);
  // Real time, whatever the sandbox's clock says: the app compares it with its own.
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", signingSecret).update(`v0:${timestamp}:${body}`).digest("hex");
  const isJson = delivery.type === "events_api";
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      redirect: "error",
      signal: AbortSignal.timeout(ACK_WITHIN_MS),
      headers: {
        "content-type": isJson ? "application/json" : "application/x-www-form-urlencoded",
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": `v0=${signature}`,
      },
    });
    const text = await response.text();
    if (!response.ok) return { ackMs: elapsedMs(), error: "dispatch_failed" };
    const ackPayload = payloadOf(text);
    return { ackMs: elapsedMs(), ...(ackPayload === undefined ? {} : { ackPayload }) };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === "TimeoutError";
    return { ackMs: elapsedMs(), error: isTimeout ? "operation_timeout" : "dispatch_failed" };
  }
}

function bodyOf({ type, payload }: Delivery): string {
  if (type === "events_api") return JSON.stringify(payload);
  if (type === "interactive") return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const fields = Object.entries(payload).map(([key, value]) => [key, String(value)]);
  return new URLSearchParams(fields).toString();
}

function payloadOf(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}
