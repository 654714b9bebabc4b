import type { Bodies, JournalEntry as ProviderEntry } from "../provider/journal.ts";
import type { JournalEntry as SlackEntry } from "../slack/journal.ts";
import { isRecord } from "../slack/validate/rule.ts";
import type { Stage } from "../stage.ts";
import { outgoing } from "./client/traffic-lines.ts";
import { masked } from "./mask.ts";
import type { TrafficBodies, TrafficLine } from "./wire.ts";

/** Longer bodies are cut: the page is to stay quick. */
const LONGEST_BODY = 100_000;

/** What passed between the bot and everything around it, credentials masked. */
export interface Traffic {
  readonly lines: readonly TrafficLine[];
  /** Masked as they are asked for: most are never looked at. */
  bodies(id: number): TrafficBodies | undefined;
  listen(listener: (line: TrafficLine) => void): () => void;
  close(): void;
}

/** Listens to the journals of all the sandbox from now on. */
export function watchTraffic({
  slack,
  zendesk,
  conductorone,
}: Pick<Stage, "slack" | "zendesk" | "conductorone">): Traffic {
  const lines: TrafficLine[] = [];
  const bodies = new Map<number, TrafficBodies>();
  const listeners = new Set<(line: TrafficLine) => void>();
  const secrets = [
    ...[slack.botToken, slack.appToken, slack.signingSecret],
    ...zendesk.secrets,
    ...(conductorone ? [conductorone.clientSecret, conductorone.accessToken] : []),
  ];
  let serial = 0;

  function add(line: Omit<TrafficLine, "id">, told: TrafficBodies): void {
    serial += 1;
    const { what, answer } = line;
    const numbered = { id: serial, ...line, what: words(what, secrets), answer: words(answer, secrets) };
    const gone = outgoing(lines, numbered);
    if (gone >= 0) for (const { id } of lines.splice(gone, 1)) bodies.delete(id);
    lines.push(numbered);
    bodies.set(serial, told);
    for (const listener of listeners) listener(numbered);
  }

  const ends = [
    slack.journal.listen((entry) => add(slackLine(entry), { request: entry.request, response: entry.response })),
    zendesk.listen((entry, told) => add(providerLine("Zendesk", entry), providerBodies(entry, told))),
    conductorone?.listen((entry, told) => add(providerLine("ConductorOne", entry), providerBodies(entry, told))),
  ];
  return {
    lines,
    bodies(id) {
      const told = bodies.get(id);
      return told && { request: shown(told.request, secrets), response: shown(told.response, secrets) };
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      for (const end of ends) end?.();
    },
  };
}

function slackLine({
  at,
  direction,
  method,
  request,
  response,
  status,
  durationMs,
  refusal,
}: SlackEntry): Omit<TrafficLine, "id"> {
  const isFromBot = direction === "bot to slack";
  const answer = answerOf(response, status) ?? refusal?.error;
  return {
    at: at.toISOString(),
    from: isFromBot ? "bot" : "Slack",
    to: isFromBot ? "Slack" : "bot",
    what: isFromBot ? method : [method, subjectOf(request)].filter(Boolean).join(" "),
    answer: answer ?? (status === undefined ? "acknowledged" : String(status)),
    isFailure: answer !== undefined || (status ?? 200) >= 400,
    durationMs,
  };
}

/** Why it came to nothing, in Slack's words; `undefined` where all is well. */
function answerOf(response: unknown, status: number | undefined): string | undefined {
  if (isRecord(response)) {
    if (typeof response.error === "string") return response.error;
    if (typeof response.fate === "string") return response.fate === "hang" ? "no answer" : "connection cut";
    if (response.ok === false) return "not ok";
  }
  if (status !== undefined && status >= 400)
    return typeof response === "string" ? `${status} ${response}` : `${status}`;
  return undefined;
}

/** What was typed or pressed. */
function subjectOf(request: unknown): string {
  if (!isRecord(request)) return "";
  if (typeof request.command === "string") return `${request.command} ${String(request.text ?? "")}`.trim();
  const [action] = Array.isArray(request.actions) ? request.actions : [];
  if (isRecord(action)) return `${String(request.type)} ${String(action.action_id)}`;
  return String(request.type ?? "");
}

function providerLine(name: string, { at, method, path, status, durationMs }: ProviderEntry): Omit<TrafficLine, "id"> {
  return {
    at: at.toISOString(),
    from: "bot",
    to: name,
    what: `${method} ${path}`,
    answer: status === undefined ? "no answer" : String(status),
    isFailure: status === undefined || status >= 400,
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}

function providerBodies({ method, path, host, authorization }: ProviderEntry, told: Bodies | undefined): TrafficBodies {
  const request = { method, path, host, scheme: authorization, body: told?.request ?? "" };
  return { request, response: told?.response ?? "" };
}

function shown(body: unknown, secrets: readonly string[]): unknown {
  // Masked before it is cut: a structure that is broken off could not be taken apart.
  const safe = masked(body, secrets);
  const text = typeof safe === "string" ? safe : (JSON.stringify(safe, null, 2) ?? "");
  return text.length > LONGEST_BODY ? `${text.slice(0, LONGEST_BODY)} … (cut)` : safe;
}

function words(text: string, secrets: readonly string[]): string {
  return String(masked(text, secrets));
}
