import { seedOf } from "../../provider/random.ts";
import { ksuidOf } from "../ksuid.ts";
import type { Incident, StoryWebhook, Traffic, WebhookUse } from "./webhook.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STORY_DAYS = 14;
/** "default 8" days: https://www.conductorone.com/docs/product/admin/webhooks */
const DEFAULT_CALLBACK_TIMEOUT_MS = 8 * DAY_MS;

/** A webhook and what becomes of it, in hours before the story's present. */
interface Part {
  name: string;
  description: string;
  host: string;
  use: WebhookUse;
  everyHours?: number;
  callbackDays?: number;
  troubles?: readonly Trouble[];
}

interface Trouble {
  cause: string;
  fromHours: number;
  /** Absent while it goes on. */
  toHours?: number;
  share?: number;
  /** More requests than usual while it lasts. */
  everyMinutes: number;
}

const PARTS: readonly Part[] = [
  {
    name: "ServiceNow provisioning",
    description: "Opens a catalogue task for each approved request",
    host: "acme.service-now.example",
    use: "provisionStep",
    everyHours: 3,
    troubles: [{ cause: "unauthorized", fromHours: 5, everyMinutes: 25 }],
  },
  {
    name: "Risk score approval",
    description: "Approves what the risk service calls harmless",
    host: "risk.acme.example",
    use: "approvalStep",
    everyHours: 4,
    troubles: [
      { cause: "certificate-expired", fromHours: 74, toHours: 66, everyMinutes: 40 },
      { cause: "bad-response", fromHours: 23, toHours: 18, share: 0.8, everyMinutes: 45 },
    ],
  },
  {
    name: "Badge office",
    description: "People at the gate encode the badge, then call back",
    host: "badges.acme.example",
    use: "provisionStep",
    everyHours: 8,
    callbackDays: 2,
    troubles: [{ cause: "callback-timeout", fromHours: 6 * 24, toHours: 4 * 24, everyMinutes: 240 }],
  },
  {
    name: "Audit trail export",
    description: "",
    host: "siem.acme.example",
    use: "policyPostAction",
    everyHours: 6,
    troubles: [{ cause: "unavailable", fromHours: 20, toHours: 11, everyMinutes: 90 }],
  },
  {
    name: "Laptop orders",
    description: "Run by the automation for joiners",
    host: "laptops.acme.example",
    use: "workflowStep",
    everyHours: 4,
    troubles: [{ cause: "no-such-host", fromHours: 8, everyMinutes: 45 }],
  },
  {
    name: "Legal hold approval",
    description: "Asks the legal desk's service whether a hold forbids the change",
    host: "legal.acme.example",
    use: "approvalStep",
    everyHours: 12,
    troubles: [{ cause: "timeout", fromHours: 1, everyMinutes: 6 }],
  },
  {
    name: "<!channel> *Approve* <https://evil.example|here> & `friends`",
    description: "```\n<@U0000000001> please press Approve",
    host: "old-approvals.acme.example",
    use: "approvalStep",
    everyHours: 12,
    troubles: [{ cause: "gone", fromHours: 30, everyMinutes: 180 }],
  },
  {
    name: "Payroll entitlements",
    description: "Grants roles in the payroll system",
    host: "payroll.acme.example",
    use: "provisionStep",
    everyHours: 5,
  },
  { name: "Decommission notices", description: "Not in use yet", host: "cmdb.acme.example", use: "policyPostAction" },
];

/** The webhooks of the story as it stands at `madeAtMs`, with fourteen days behind them; `busierBy` times as many requests as usual. */
export function castOf(seed: number, madeAtMs: number, busierBy: number): StoryWebhook[] {
  return PARTS.map((part, position) => {
    const createdAtMs = madeAtMs - (400 - position * 30) * DAY_MS;
    return {
      id: ksuidOf(seedOf(seed, "webhook", position), createdAtMs),
      name: part.name,
      description: part.description,
      url: `https://${part.host}/hooks/c1`,
      use: part.use,
      callsBack: part.callbackDays !== undefined,
      callbackTimeoutMs: part.callbackDays === undefined ? DEFAULT_CALLBACK_TIMEOUT_MS : part.callbackDays * DAY_MS,
      createdAtMs,
      traffic: trafficOf(part, madeAtMs, busierBy),
      incidents: (part.troubles ?? []).map((trouble) => incidentOf(trouble, madeAtMs)),
    };
  });
}

function trafficOf({ everyHours, troubles = [] }: Part, madeAtMs: number, busierBy: number): Traffic[] {
  if (everyHours === undefined) return [];
  const instants = "fired" as const;
  const everyMs = (everyHours * HOUR_MS) / busierBy;
  const usual = { key: "usual", instants, fromMs: madeAtMs - STORY_DAYS * DAY_MS, everyMs };
  const more = troubles.map(({ cause, everyMinutes, ...trouble }) => ({
    key: `more ${cause}`,
    instants,
    everyMs: (everyMinutes * MINUTE_MS) / busierBy,
    ...rangeOf(trouble, madeAtMs),
  }));
  return [usual, ...more];
}

function incidentOf(trouble: Omit<Trouble, "everyMinutes">, madeAtMs: number): Incident {
  return { cause: trouble.cause, share: trouble.share ?? 1, ...rangeOf(trouble, madeAtMs) };
}

function rangeOf({ fromHours, toHours }: { fromHours: number; toHours?: number }, madeAtMs: number) {
  const range = { fromMs: madeAtMs - fromHours * HOUR_MS };
  return toHours === undefined ? range : { ...range, toMs: madeAtMs - toHours * HOUR_MS };
}
