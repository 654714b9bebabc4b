import { z } from "zod";

/**
 * What ConductorOne answers, in the habits of protobuf's JSON: names in camelCase (dumps of its SDKs have snake_case), unset
 * fields absent, null or empty, int64 as text, enums by name. Every field is optional, and one of a wrong type is taken for
 * missing: it never costs the row. Only what cannot be named, a row without an id, is none.
 * https://github.com/ConductorOne/terraform-provider-conductorone/blob/main/openapi.yaml
 */

/** 2015 to 2100: what lies outside is no time of an event, whatever it was meant to be. */
const EARLIEST_MS = Date.UTC(2015, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);
const WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/i;
const DURATION = /^(\d{1,12}(?:\.\d{1,9})?)s$/;

const text = z
  .string()
  .transform((value) => (value.trim() === "" ? undefined : value))
  .optional()
  .catch(undefined);
const id = z
  .union([z.string(), z.int(), z.bigint()])
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1).max(200));
const optionalId = id.optional().catch(undefined);
const time = z
  .union([z.string(), z.date()])
  .transform((value) => {
    const atMs = value instanceof Date ? value.getTime() : WITH_ZONE.test(value) ? Date.parse(value) : Number.NaN;
    return atMs >= EARLIEST_MS && atMs < LATEST_MS ? new Date(atMs) : undefined;
  })
  .optional()
  .catch(undefined);
const count = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ])
  .pipe(z.int().nonnegative())
  .optional()
  .catch(undefined);
/** `"691200s"`, in milliseconds. */
const durationMs = z
  .string()
  .transform((value) => {
    const seconds = DURATION.exec(value)?.[1];
    // "0s" is protobuf's unset.
    return Number(seconds) > 0 ? Number(seconds) * 1000 : undefined;
  })
  .optional()
  .catch(undefined);

/** By name, or by a number that stays as it is: the order of the names is not promised. 0 is protobuf's unset. */
const stateWord = z
  .union([z.string(), z.int()])
  .transform((value) => (value === 0 || String(value).trim() === "" ? undefined : String(value)))
  .optional()
  .catch(undefined);

/** A message whose names come in either case. `renamed`: what the SDKs call a field, and what the wire does. */
function message<Shape extends z.ZodRawShape>(shape: Shape, renamed: Record<string, string> = {}) {
  return z.preprocess((value) => inWireNames(value, renamed), z.looseObject(shape));
}

/** A message of which only these fields are kept, for those that stay in memory by the thousand. */
function excerpt<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess((value) => inWireNames(value, {}), z.object(shape));
}

/** A message that may be missing, null or of a wrong type. */
function part<Message extends z.ZodType>(schema: Message) {
  return schema.optional().catch(undefined);
}

function listOf<Row extends z.ZodType>(row: Row) {
  return z
    .array(z.unknown())
    .transform((entries) =>
      entries.flatMap((entry) => {
        const read = row.safeParse(entry);
        return read.success ? [read.data] : [];
      }),
    )
    .optional()
    .catch(undefined);
}

export const webhookRow = message({
  id,
  displayName: text,
  description: text,
  url: text,
  callbackTimeout: durationMs,
  deletedAt: time,
});
export type WebhookRow = z.infer<typeof webhookRow>;

/** One of its fields is set; arms that are not known to us are kept. */
const webhookSource = message({});

/** `c1.api.webhooks.v1.WebhookInstance`: `source` and `spec` on the wire, `webhookSource` and `webhookSpec` in SDKs. */
export const instanceRow = message(
  {
    id,
    webhookId: optionalId,
    state: stateWord,
    attempts: count,
    source: part(webhookSource),
    spec: part(message({ destination: text })),
    createdAt: time,
    updatedAt: time,
    lastAttemptedAt: time,
    completedAt: time,
    expiresAt: time,
  },
  { webhookSource: "source", webhookSpec: "spec" },
);
export type InstanceRow = z.infer<typeof instanceRow>;

const ending = part(excerpt({ description: text, erroredAt: time }));

/** A provisioning step as the task has it: the one place that says for certain which instance a provisioning error is of. */
const provisionRow = excerpt({
  webhookId: optionalId,
  webhookInstanceId: optionalId,
  errored: ending,
  reassignedByError: ending,
});

const policyStep = excerpt({ provision: part(provisionRow) });
const webhookSteps = listOf(policyStep).transform((steps) =>
  steps?.filter(({ provision }) => provision?.webhookInstanceId !== undefined),
);
const policy = excerpt({ current: part(policyStep), history: webhookSteps, next: webhookSteps });

/** A whole one takes 11 KB, most of it policy. */
export const taskRow = excerpt({
  id,
  numericId: optionalId,
  state: text,
  createdAt: time,
  updatedAt: time,
  policy: part(policy),
});
export type TaskRow = z.infer<typeof taskRow>;
export const taskView = message({ task: taskRow });

const webhookArm = part(
  message({ webhookId: optionalId, webhookInstanceId: optionalId, webhookName: text, error: text }),
);

/** `c1.api.task.v1.TaskAuditView`, with those arms of its `typ` that tell of webhooks. */
export const auditRow = message({
  id: optionalId,
  ticketId: optionalId,
  created: time,
  currentState: text,
  webhookTriggered: webhookArm,
  webhookAttempt: webhookArm,
  webhookSuccess: webhookArm,
  webhookApprovalTriggered: webhookArm,
  webhookApprovalAttempt: webhookArm,
  webhookApprovalSuccess: webhookArm,
  webhookApprovalBadResponse: webhookArm,
  webhookApprovalFatalError: webhookArm,
  provisionError: part(message({ error: text })),
});
export type AuditRow = z.infer<typeof auditRow>;

export const executionRow = message({
  id,
  automationTemplateId: optionalId,
  state: text,
  createdAt: time,
  completedAt: time,
  updatedAt: time,
});
export type ExecutionRow = z.infer<typeof executionRow>;
/** Searches wrap an execution, lists and dumps do not. */
export const executionView = z.union([
  message({ automationExecution: executionRow }).transform(({ automationExecution }) => automationExecution),
  message({ execution: executionRow }).transform(({ execution }) => execution),
  executionRow,
]);

const automationStep = message({ webhook: part(message({ webhookId: optionalId })) });
export const automationRow = message({ id: optionalId, displayName: text, automationSteps: listOf(automationStep) });
export type AutomationRow = z.infer<typeof automationRow>;

export const identity = message(
  {
    userId: text,
    /** Spelled so in the API's description; accepted in either spelling. */
    principleId: text,
    roles: listOf(z.string()),
    permissions: listOf(z.string()),
  },
  { principalId: "principleId" },
);
export type Identity = z.infer<typeof identity>;

function inWireNames(value: unknown, renamed: Record<string, string>): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const fields = new Map<string, unknown>();
  for (const [name, field] of Object.entries(value)) {
    const camel = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    const wire = Object.hasOwn(renamed, camel) ? (renamed[camel] ?? camel) : camel;
    // A field under its own name is not undone by an empty one under another.
    if (fields.get(wire) === undefined || fields.get(wire) === null) fields.set(wire, field ?? undefined);
  }
  return Object.fromEntries(fields);
}
