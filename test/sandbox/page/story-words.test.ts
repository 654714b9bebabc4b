import { describe, expect, it } from "vitest";
import { FAULT_KINDS as CONDUCTORONE_FAULTS } from "../../../sandbox/conductorone/faults.ts";
import { STORY_CAUSES } from "../../../sandbox/conductorone/story/cause.ts";
import { apiFaultInWords } from "../../../sandbox/page/client/story/api-faults.ts";
import { causeInWords, causeOptions } from "../../../sandbox/page/client/story/causes.ts";
import { outcomeOf } from "../../../sandbox/page/client/story/outcome.ts";
import { stepsGone } from "../../../sandbox/page/client/story/path.ts";
import type { ShownMessage, Story, StoryAct, StoryProvider } from "../../../sandbox/page/wire.ts";
import { CAUSES } from "../../../sandbox/scenario/causes/index.ts";
import { FAULT_KINDS as ZENDESK_FAULTS } from "../../../sandbox/zendesk/faults.ts";

const ZENDESK: StoryProvider = {
  id: "zendesk",
  name: "Zendesk",
  webhooks: [{ id: "w1", name: "HR onboarding", failing: [] }],
  causes: CAUSES.map(({ name, category }) => ({ name, category })),
  faults: [],
  canTrip: true,
};
const CONDUCTORONE: StoryProvider = {
  ...ZENDESK,
  id: "conductorone",
  name: "ConductorOne",
  causes: STORY_CAUSES.map(({ name, category }) => ({ name, category })),
};
const STORY: Story = { now: "", isBotUp: true, armed: [], refusedBlocks: [], providers: [ZENDESK, CONDUCTORONE] };

describe("causes to choose from", () => {
  it.each([ZENDESK, CONDUCTORONE])("are all there, each in words of its own: $name", (provider) => {
    const options = causeOptions(provider).flatMap((group) => group.options);
    expect(options.map(([name]) => name).sort()).toEqual(provider.causes.map(({ name }) => name).sort());
    expect(options.filter(([name, words]) => words === name)).toEqual([]);
    expect(new Set(options.map(([, words]) => words)).size).toBe(options.length);
  });

  it("stand in groups that are in words, those that the provider keeps to itself last", () => {
    const groups = causeOptions(ZENDESK);
    expect(groups.map(({ label }) => label)).not.toContainEqual(expect.stringMatching(/_|^[a-z]+$/));
    expect(groups.at(-1)).toEqual({
      label: "Zendesk does not say why",
      options: ["dns-name-gone", "connection-refused", "certificate-expired"].map((name) => [
        name,
        causeInWords("zendesk", name),
      ]),
    });
    expect(causeOptions(CONDUCTORONE).map(({ label }) => label)).not.toContain("ConductorOne does not say why");
  });

  it.each([...ZENDESK_FAULTS, ...CONDUCTORONE_FAULTS])("as do the ways in which an API fails: %s", (kind) => {
    expect(apiFaultInWords(kind)).toMatch(/^\d{3}|\w \w/);
  });
});

describe("what is said of an act", () => {
  const at = (provider: StoryProvider["id"], handle: "break" | "storm" | "heal" | "trip", fields = {}): StoryAct => ({
    act: "provider",
    provider,
    handle,
    fields: { webhookId: "w1", ...fields },
  });

  it.each<[StoryAct, RegExp]>([
    [at("zendesk", "storm", { cause: "endpoint-410-gone", count: 20 }), /^20 deliveries to .HR onboarding. failed\.$/],
    [at("zendesk", "storm", { cause: "throttled-for-ever", count: 20 }), /held back, and will fail/],
    [at("zendesk", "storm", { cause: "recovers-503-then-200", count: 20 }), /go well when they are tried again/],
    [
      at("zendesk", "break", { cause: "endpoint-410-gone" }),
      /^3 deliveries .* failed\. So will every one from now on\.$/,
    ],
    [at("conductorone", "break", { cause: "gone" }), /^3 requests .* one a minute .* when ConductorOne gives up/],
    [at("zendesk", "trip"), /^Zendesk has stopped sending to .HR onboarding.,/],
    [at("zendesk", "heal"), /^.HR onboarding. is well again/],
  ])("tells what has happened, and asks about that webhook: %j", (act, words) => {
    expect(outcomeOf(act, STORY, undefined, String)).toEqual({
      words: expect.stringMatching(words),
      next: {
        label: expect.stringMatching(/^Ask about it, /),
        ask: '/hooks failures webhook:"HR onboarding" last 1h',
        afterMinutes: expect.any(Number),
      },
    });
  });

  it("tells where the digest is", () => {
    const act: StoryAct = { act: "next_digest", user: "U1", channel: "C2" };
    expect(outcomeOf(act, STORY, "C1", () => "#ops")).toEqual({
      words: "The digest has come to #ops.",
      next: { label: "Read it", goTo: "C1" },
    });
    expect(outcomeOf(act, STORY, undefined, String).next).toBeUndefined();
  });
});

describe("the way through the story", () => {
  const button = { type: "button", action_id: "attempts" };
  const answer = (ts: string) => said(ts, "2 issues", [{ type: "actions", elements: [button] }]);
  const attempts = said("2.0", "Attempts", [
    { type: "header", text: { type: "plain_text", text: "Attempts: Jira sync" } },
  ]);

  it.each<[what: string, messages: ShownMessage[], brokenTs: string | undefined, gone: boolean[]]>([
    ["nothing", [], undefined, [false, false, false, false]],
    ["an answer", [answer("1.0")], undefined, [true, false, false, false]],
    ["the attempts", [answer("1.0"), attempts], undefined, [true, true, false, false]],
    ["an answer before the endpoint broke", [answer("1.0")], "3.0", [true, false, false, false]],
    ["one after it", [answer("10.0")], "3.0", [true, false, true, false]],
    ["a digest", [{ ...answer("4.0"), text: "Daily digest: 3 failed" }], "3.0", [false, false, false, true]],
    ["one that is set up", [said("1.0", "Digest 1 is set up.", [])], undefined, [false, false, false, false]],
    ["a person's words", [{ ...answer("1.0"), isBot: false }], undefined, [false, false, false, false]],
  ])("is ticked off by what happened: %s", (_what, messages, brokenTs, gone) => {
    expect(stepsGone(messages, brokenTs)).toEqual(gone);
  });
});

function said(ts: string, text: string, blocks: ShownMessage["blocks"]): ShownMessage {
  return {
    channel: "C1",
    ts,
    user: "U0HOOKTRIAGE",
    isBot: true,
    text,
    blocks,
    attachments: [],
    isBroadcast: false,
    isEdited: false,
    isEphemeral: false,
    files: [],
    reactions: [],
  };
}
