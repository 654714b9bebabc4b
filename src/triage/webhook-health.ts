import type { WebhookHealth } from "./issue.ts";

/** Worst first. `unknown` goes before `healthy`: what was not read may be failing. */
export const HEALTHS = ["failing", "unknown", "healthy", "quiet", "off"] as const;
export type Health = (typeof HEALTHS)[number];

/** By health, and as given among equals. */
export function worstFirst(webhooks: readonly WebhookHealth[]): WebhookHealth[] {
  return webhooks.toSorted((a, b) => HEALTHS.indexOf(healthOf(a)) - HEALTHS.indexOf(healthOf(b)));
}

/** What a person may conclude. A webhook that was not wholly read is never called healthy or quiet. */
export function healthOf({ webhook, coverage, failed, succeeded, pending }: WebhookHealth): Health {
  if (failed > 0) return "failing";
  if (!webhook.active) return "off";
  if (coverage.state !== "complete") return "unknown";
  return succeeded + pending > 0 ? "healthy" : "quiet";
}
