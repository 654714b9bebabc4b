import { type SandboxConductorOneOptions, startConductorOne } from "../../../sandbox/conductorone/start.ts";
import { createConductorOneProvider } from "../../../src/providers/conductorone/provider.ts";
import { windowOf } from "../../../src/triage/window.ts";
import { describeProvider, type ProviderAccount } from "../contract.ts";
import { virtualClock } from "../virtual-clock.ts";
import { idAt } from "./ids.ts";
import { ACCESS_TOKEN, withAccessToken } from "./settings.ts";
import { type SmallConductorOne, type SmallTask, startSmallConductorOne } from "./small-conductorone.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const SECRETS = ["hunter2secret", "planted-bearer-token", "eve@customer.example", ACCESS_TOKEN];

const time = (atMs: number) => new Date(atMs).toISOString();

/** A task every five minutes, for longer than the window, each with one webhook: provisioning and approval in turn, two of three fail. */
function tasksUpTo(nowMs: number, webhookId: string): { tasks: SmallTask[]; failed: { id: string; atMs: number }[] } {
  const failed: { id: string; atMs: number }[] = [];
  const tasks = Array.from({ length: 100 }, (_, index): SmallTask => {
    const madeMs = nowMs - (index + 1) * 5 * MINUTE;
    const instanceId = idAt(madeMs, index);
    const isApproval = index % 2 === 0;
    const isFailed = index % 3 !== 0;
    const endMs = madeMs + 40 * SECOND;
    const prefix = isApproval ? "webhookApproval" : "webhook";
    const arm = { webhookId, webhookInstanceId: instanceId, webhookUrl: "https://x.example?token=hunter2secret" };
    const audit = (position: number, atMs: number, typ: Record<string, unknown>) => ({
      id: `audit-${index}-${position}`,
      created: time(atMs),
      comment: null,
      ...typ,
    });
    const error = "401 for Authorization: Bearer planted-bearer-token of eve@customer.example";
    const fatal = isApproval ? { webhookApprovalFatalError: { ...arm, error } } : { provisionError: { error } };
    if (isFailed) failed.push({ id: instanceId, atMs: endMs });
    return {
      id: idAt(madeMs, 5000 + index),
      state: "TASK_STATE_CLOSED",
      createdAt: time(madeMs),
      updatedAt: time(endMs),
      audits: [
        audit(3, endMs, isFailed ? fatal : { [`${prefix}Success`]: arm }),
        audit(2, madeMs + 20 * SECOND, { [`${prefix}Attempt`]: arm }),
        audit(0, madeMs, { [`${prefix}Triggered`]: arm }),
        audit(1, madeMs + 5 * SECOND, { [`${prefix}Attempt`]: arm }),
        audit(2, madeMs + 20 * SECOND, { [`${prefix}Attempt`]: arm }),
      ],
    };
  });
  return { tasks, failed };
}

async function openAccount(options: Partial<SmallConductorOne>, instancesPath?: string): Promise<ProviderAccount> {
  const clock = virtualClock();
  const nowMs = clock.now().getTime();
  const window = windowOf(nowMs - 8 * HOUR, nowMs);
  const webhookId = idAt(nowMs - 900 * HOUR, 1);
  const { tasks, failed } = tasksUpTo(nowMs, webhookId);
  const webhooks = [
    { id: webhookId, displayName: "Grants", url: "https://x.example/hook?token=hunter2secret", callbackTimeout: null },
    { id: idAt(nowMs - 900 * HOUR, 2), displayName: "", url: null },
  ];
  const instances = {
    [webhookId]: failed.map(({ id, atMs }) => ({
      id,
      webhookId,
      state: "WEBHOOK_STATE_FATAL_ERROR",
      attempts: 2,
      source: { provisionStep: { ticketId: tasks.find(({ audits }) => JSON.stringify(audits).includes(id))?.id } },
      createdAt: time(atMs - 40 * SECOND),
      completedAt: time(atMs),
    })),
  };
  const server = await startSmallConductorOne({ webhooks, tasks, instances, ...options });
  const settings = { ...withAccessToken(server.url), ...(instancesPath === undefined ? {} : { instancesPath }) };
  const failedIds = failed.filter(({ atMs }) => atMs >= window.from.getTime()).map(({ id }) => id);
  return {
    provider: createConductorOneProvider(settings, { clock }),
    clock,
    window,
    webhookId,
    failedIds,
    retriedId: failedIds[3] ?? "",
    secrets: SECRETS,
    close: () => server.close(),
  };
}

/** The sandbox, looked at by way of its busiest webhook, as a client with credentials of its own. */
async function openSandbox(options: Partial<SandboxConductorOneOptions> = {}): Promise<ProviderAccount> {
  const clock = virtualClock();
  const { now } = clock;
  const sandbox = await startConductorOne({ seed: 7, now, ...options });
  const window = windowOf(now().getTime() - 3 * 24 * HOUR, now().getTime());
  const { clientId, clientSecret, url } = sandbox;
  const credentials = { kind: "client_credentials", clientId, clientSecret } as const;
  const { webhooks } = sandbox.truth(window);
  const [busiest] = [...webhooks].sort(([, a], [, b]) => b.failed.length - a.failed.length);
  if (!busiest) throw new Error("the sandbox has no webhook");
  const [webhookId, { failed }] = busiest;
  const path = options.instancesPath;
  const settings = { baseUrl: url, credentials, ...(path === undefined ? {} : { instancesPath: path }) };
  return {
    provider: createConductorOneProvider(settings, { clock }),
    clock,
    window,
    webhookId,
    failedIds: failed,
    retriedId: failed[0] ?? "",
    secrets: [clientSecret, clientSecret.split(":")[3] ?? ""],
    close: () => sandbox.close(),
  };
}

describeProvider("ConductorOne", () => openAccount({}));
describeProvider("a ConductorOne that cuts small pages", () => openAccount({ pageSize: 3 }));
describeProvider("a ConductorOne with an endpoint for instances", () =>
  openAccount({}, "/webhooks/{webhookId}/instances"),
);
describeProvider("the sandbox's ConductorOne", () => openSandbox());
describeProvider("the sandbox's ConductorOne with an endpoint for instances", () =>
  openSandbox({ instancesPath: "/webhooks/{webhookId}/instances" }),
);
