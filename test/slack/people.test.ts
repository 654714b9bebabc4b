import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RIVAL_TEAM_ID, TEAM } from "../../sandbox/slack/seed.ts";
import { createLog } from "../../src/ops/log.ts";
import { createPeople, type People } from "../../src/slack/people.ts";
import { type Edge, openEdge } from "./edge.ts";
import { startSlackLike } from "./slack-like.ts";

const log = createLog({ level: "info", secrets: [], destination: { write: (line) => lines.push(line) } });
const lines: string[] = [];
const now = () => new Date("2026-11-21T08:00:00Z");

describe("who may ask", () => {
  let edge: Edge;
  let people: People;
  beforeEach(async () => {
    edge = await openEdge({
      people: [
        { name: "mia", isRestricted: true },
        { name: "zoe", teamId: RIVAL_TEAM_ID },
      ],
    });
    people = createPeople({
      web: edge.web,
      identity: edge.identity,
      defaultTimeZone: "Asia/Tokyo",
      now: edge.now,
      log,
    });
  });
  afterEach(() => edge.close());

  const asks = () => edge.slack.journal.of("users.info").length;
  const identify = (name: string) => people.identify({ userId: edge.slack.person(name).id, teamId: TEAM.id });

  it.each([
    ["a member", "dana", undefined],
    ["a guest of one channel", "gil", "guest"],
    ["a guest of several channels", "mia", "guest"],
    ["somebody of another organisation who shares a channel", "rex", "other_organisation"],
    ["a stranger", "zoe", "other_organisation"],
  ])("%s: %s gets %s", async (_, name, refusal) => {
    // Whatever the payload says of the team, Slack knows better.
    expect((await identify(name)).refusal).toBe(refusal);
  });

  it("tells a person's own time zone", async () => {
    expect(await identify("dana")).toEqual({ userId: edge.slack.person("dana").id, timeZone: "Europe/Berlin" });
  });

  it("refuses whom Slack does not know", async () => {
    expect((await people.identify({ userId: "U0NOBODY", teamId: TEAM.id })).refusal).toBe("unverified");
  });

  it.each([{ status: 500 }, "drop", { error: "internal_error" }] as const)(
    "refuses who cannot be looked up (%j) with the reason, and asks again next time",
    async (fault) => {
      edge.slack.faults.failNext("users.info", fault);
      const unverified = await identify("dana");
      expect(unverified.refusal).toBe("unverified");
      expect(unverified.reason).toMatch(/^(http_500|no_answer|internal_error)$/);
      expect((await identify("dana")).refusal).toBeUndefined();
    },
  );

  it("lets nobody in without the scope to look people up, and tells the operator once an hour how to mend it", async () => {
    lines.length = 0;
    edge.slack.scopes.delete("users:read");
    expect((await identify("dana")).refusal).toBe("missing_scope");
    expect((await identify("omar")).refusal).toBe("missing_scope");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      level: "error",
      scope: "users:read",
      msg: expect.stringMatching(/Add it .* OAuth & Permissions, and install the app again/),
    });
    edge.pass(60 * 60_000);
    await identify("dana");
    expect(lines).toHaveLength(2);
    edge.slack.scopes.add("users:read");
    expect((await identify("dana")).refusal).toBeUndefined();
  });

  it("believes what it was told for five minutes, refusals too", async () => {
    await identify("gil");
    edge.pass(5 * 60_000 - 1);
    await identify("gil");
    expect(asks()).toBe(1);
    edge.pass(1);
    await identify("gil");
    expect(asks()).toBe(2);
  });

  it("asks once for fifty who want to know the same at once", async () => {
    const told = await Promise.all(Array.from({ length: 50 }, () => identify("dana")));
    expect(new Set(told.map((person) => person.timeZone))).toEqual(new Set(["Europe/Berlin"]));
    expect(asks()).toBe(1);
  });

  it("believes nothing of a person that a payload of another team says", async () => {
    expect((await people.identify({ userId: edge.slack.person("rex").id, teamId: TEAM.id })).refusal).toBeDefined();
    expect((await people.identify({ userId: edge.slack.person("dana").id, teamId: "T2" })).refusal).toBeUndefined();
  });
});

describe("where the server tells less, or more, than Slack's usual", () => {
  const identity = { teamId: "T1", enterpriseId: "E1" };
  const ask = async (answers: Record<string, object>, actor: object, unknown?: 404, who: object = identity) => {
    const server = await startSlackLike(answers, unknown);
    const people = createPeople({ web: server.web, identity: who, defaultTimeZone: "Asia/Tokyo", now, log });
    const person = await people.identify({ userId: "U1", ...actor });
    await server.close();
    return person;
  };

  it.each([
    [
      "another workspace of our Enterprise Grid",
      { team_id: "T2", enterprise_user: { enterprise_id: "E1" } },
      undefined,
    ],
    ["the Enterprise Grid itself", { team_id: "E1" }, undefined],
    ["another Enterprise Grid", { team_id: "T2", enterprise_user: { enterprise_id: "E2" } }, "other_organisation"],
    ["another workspace", { team_id: "T2" }, "other_organisation"],
    ["a stranger in our workspace", { team_id: "T1", is_stranger: true }, "other_organisation"],
    ["a guest of our Enterprise Grid", { team_id: "T1", is_restricted: true }, "guest"],
  ])("somebody of %s", async (_, user, refusal) => {
    expect((await ask({ "users.info": { user } }, { teamId: "T1" })).refusal).toBe(refusal);
  });

  it.each(["Mars/Base", "", undefined])("takes the default for the time zone %j", async (tz) => {
    expect((await ask({ "users.info": { user: { team_id: "T1", tz } } }, {})).timeZone).toBe("Asia/Tokyo");
  });

  it.each([
    ["our own team", { teamId: "T1" }, undefined],
    ["another team", { teamId: "T2" }, "other_organisation"],
    ["another team of our Enterprise Grid", { teamId: "T2", enterpriseId: "E1" }, undefined],
  ])("the payload decides where people cannot be looked up: %s", async (_, actor, refusal) => {
    expect((await ask({}, actor)).refusal).toBe(refusal);
    expect((await ask({}, actor, 404)).refusal).toBe(refusal);
    expect((await ask({ "users.info": {} }, actor)).refusal).toBe(refusal);
  });

  it("a server that does not say whose it is has one organisation", async () => {
    expect((await ask({}, { teamId: "T9" }, undefined, {})).refusal).toBeUndefined();
  });
});
