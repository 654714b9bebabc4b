import { z } from "zod";

/** The documents of `--json`, to the letter: nothing missing, nothing more. */

const instant = z.iso.datetime({ offset: false });
const frame = {
  window: z.strictObject({ from: instant, to: instant }),
  asOf: instant,
  coverage: z.array(
    z.strictObject({
      provider: z.string(),
      webhookId: z.string().nullable(),
      from: instant,
      to: instant,
      state: z.enum(["complete", "partial", "unknown"]),
      reason: z.string().min(1).optional(),
    }),
  ),
};

const category = z.enum(
  "dns connect tls timeout rate_limited auth not_found bad_request payload_too_large gone_or_moved server_error gateway blocked platform_quota_or_sleep circuit_open unknown".split(
    " ",
  ),
);

export const failuresDocument = z.strictObject({
  ...frame,
  totals: z.strictObject({ failed: z.int().min(0), pending: z.int().min(0) }),
  issues: z.array(
    z.strictObject({
      id: z.string().min(1),
      provider: z.string(),
      webhook: z.strictObject({ id: z.string(), name: z.string() }),
      cause: z.strictObject({
        id: z.string().min(1),
        category,
        title: z.string().min(1),
        nextStep: z.string().min(1),
        signature: z.string().min(1),
        sureness: z.enum(["certain", "likely", "unsure"]),
      }),
      state: z.enum(["open", "acknowledged", "snoozed", "resolved", "regressed"]),
      count: z.int().min(1),
      readCount: z.int().min(0),
      assumedCount: z.int().min(0),
      estimated: z.boolean(),
      firstSeenAt: instant,
      lastSeenAt: instant,
      isOngoing: z.boolean(),
      trend: z.array(z.int().min(0)).length(12),
      invocationIds: z.array(z.string()),
    }),
  ),
  requests: z.record(z.string(), z.int().min(0)),
});

const outcome = z.enum(["succeeded", "failed", "pending"]);

export const invocationsDocument = z.strictObject({
  ...frame,
  invocations: z.array(
    z.strictObject({
      provider: z.string(),
      webhookId: z.string(),
      id: z.string(),
      status: z.string(),
      outcome,
      statusCode: z.int().optional(),
      eventType: z.string().optional(),
      createdAt: instant,
      latestCompletedAt: instant.optional(),
      attemptsCount: z.int().optional(),
      expiresAt: instant.optional(),
      source: z.strictObject({ kind: z.string(), ref: z.string().optional(), name: z.string().optional() }).optional(),
      issueId: z.string(),
    }),
  ),
});

const headers = z.array(z.strictObject({ name: z.string(), value: z.string() }));

export const attemptsDocument = z.strictObject({
  attempts: z.array(
    z.strictObject({
      invocationId: z.string(),
      index: z.int(),
      status: z.string(),
      outcome,
      statusCode: z.int().optional(),
      request: z.strictObject({ headers, body: z.string().optional() }).optional(),
      response: z.strictObject({ headers, body: z.string().optional(), truncated: z.boolean() }).optional(),
      errorMessage: z.string().optional(),
      startedAt: instant.optional(),
      completedAt: instant.optional(),
      durationMs: z.number().optional(),
      maskedCount: z.int(),
    }),
  ),
});

const counts = z.strictObject({ failed: z.int(), succeeded: z.int(), pending: z.int() });

export const webhooksDocument = z.strictObject({
  ...frame,
  webhooks: z.array(
    z.strictObject({
      provider: z.string(),
      id: z.string(),
      name: z.string(),
      endpoint: z.string().optional(),
      active: z.boolean(),
      eventTypes: z.array(z.string()),
      adminUrl: z.string().optional(),
      coverage: z.enum(["complete", "partial", "unknown"]),
      counts: counts.nullable(),
      lastFailureAt: instant.nullable(),
    }),
  ),
});
