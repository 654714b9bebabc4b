import { seedOf } from "../../provider/random.ts";
import type { Automation } from "../story/automation.ts";
import { message, oneOf, timestamp } from "./proto.ts";

const STEP_KINDS = ["webhook", "sendEmail", "waitForDuration", "updateUser"];

/** `Automation` with its steps: https://github.com/ConductorOne/conductorone-sdk-typescript, AutomationStep. */
export function shownAutomation({ id, name, webhook, isOnlyStep, createdAtMs }: Automation): Record<string, unknown> {
  const seed = seedOf(id);
  const runWebhook = { stepName: "run_webhook", ...oneOf(seed, "webhook", { webhookId: webhook.id }, STEP_KINDS) };
  const sendEmail = { stepName: "tell_manager", ...oneOf(seed + 1, "sendEmail", { subject: "Welcome" }, STEP_KINDS) };
  return message(seed, {
    id,
    displayName: name,
    description: undefined,
    enabled: true,
    automationSteps: isOnlyStep ? [runWebhook] : [runWebhook, sendEmail],
    createdAt: timestamp(createdAtMs),
    updatedAt: timestamp(createdAtMs),
    deletedAt: undefined,
  });
}
