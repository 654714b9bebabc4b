import { type ComponentChild, h } from "preact";
import { useState } from "preact/hooks";
import type { StoryProvider } from "../../wire.ts";
import { LIMITED_REQUESTS, STORM } from "./amounts.ts";
import { apiFaultInWords } from "./api-faults.ts";
import { causeInWords, causeOptions } from "./causes.ts";
import { button, picker, type SectionParts, trouble } from "./parts.ts";

/** What fails at a provider, and how to make more of it fail. */
export function Provider({ provider, parts }: { provider: StoryProvider; parts: SectionParts }): ComponentChild {
  const { id, name, webhooks, causes, faults, canTrip } = provider;
  // Picked once: what is broken stays picked, to be healed.
  const [chosen, choose] = useState<{ webhookId?: string; cause?: string }>(() => {
    const well = webhooks.find((webhook) => webhook.failing.length === 0);
    return well === undefined ? {} : { webhookId: well.id };
  });
  const webhookId = chosen.webhookId ?? webhooks[0]?.id ?? "";
  const cause = chosen.cause ?? causes[0]?.name ?? "";
  const handle = (to: "break" | "storm" | "heal" | "trip" | "fail", fields: Record<string, string | number>) =>
    parts.play(id, { act: "provider", provider: id, handle: to, fields });
  const down = id === "zendesk" ? "500" : "down";
  const names = webhooks.map((one) => [one.id, one.name] as const);
  return h("section", { "aria-labelledby": `story-${id}` }, [
    h("h3", { id: `story-${id}` }, name),
    failing(provider, parts, (webhook) => handle("heal", { webhookId: webhook })),
    h("details", { open: canTrip }, [
      h("summary", null, "Make something happen"),
      picker("Webhook", webhookId, [{ options: names }], (value) => choose({ ...chosen, webhookId: value })),
      picker("Cause", cause, causeOptions(provider), (value) => choose({ ...chosen, cause: value })),
      h("p", { class: "actions" }, [
        button(parts, "Break the endpoint", () => handle("break", { webhookId, cause })),
        button(parts, `Storm of ${STORM}`, () => handle("storm", { webhookId, cause, count: STORM })),
        canTrip ? button(parts, "Trip the circuit breaker", () => handle("trip", { webhookId })) : null,
        button(parts, "Heal the endpoint", () => handle("heal", { webhookId })),
      ]),
    ]),
    h("p", { class: "actions" }, [
      button(parts, `Take ${name}'s API down`, () => handle("fail", { kind: down })),
      button(parts, "Rate-limit its API", () =>
        handle("fail", { kind: "429", times: LIMITED_REQUESTS, retryAfter: 2 }),
      ),
      faults.length === 0 ? null : button(parts, "Heal its API", () => handle("heal", {})),
    ]),
    parts.said(id),
  ]);
}

function failing(provider: StoryProvider, parts: SectionParts, heal: (webhookId: string) => void): ComponentChild {
  const { id, name, webhooks, faults } = provider;
  const bad = webhooks.filter((webhook) => webhook.failing.length > 0);
  return h("ul", { class: "failing", "aria-label": `What is failing at ${name}` }, [
    bad.length === 0 ? h("li", { class: "well" }, "No endpoint is failing.") : null,
    bad.map((webhook) =>
      trouble(
        h("span", null, [
          h("strong", { dir: "auto" }, webhook.name),
          webhook.failing.map((cause) => h("small", null, causeInWords(id, cause))),
        ]),
        button(parts, "Heal", () => heal(webhook.id), `Heal ${webhook.name}`),
      ),
    ),
    faults.map(({ kind, left }) => {
      const more = left === undefined ? "" : `, for ${left} more ${left === 1 ? "request" : "requests"}`;
      return trouble(h("span", null, h("strong", null, "Its API: "), apiFaultInWords(kind), more));
    }),
  ]);
}
