import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readAttempts, saveAttempts } from "../../src/store/attempts.ts";
import type { Store } from "../../src/store/database.ts";
import { diagnosesIn, readDiagnoses } from "../../src/store/diagnoses.ts";
import { saveInvocationPage } from "../../src/store/invocations.ts";
import { bringDiagnosesUpToDate, type Rules } from "../../src/store/rediagnose.ts";
import { currentIssueIds, regroupingsInto } from "../../src/store/regroupings.ts";
import { RULES_VERSION } from "../../src/triage/cause/read-cause.ts";
import { type Diagnosis, diagnose } from "../../src/triage/diagnosis.ts";
import { issueId } from "../../src/triage/group.ts";
import { type Attempt, type Invocation, refKey } from "../../src/triage/model.ts";
import { DATABASES, emptyStore, openFreshStore } from "./databases.ts";
import { at, attempt, invocation } from "./examples.ts";

function answered(body: string, fields: Partial<Attempt> = {}): Attempt {
  const response = { headers: [{ name: "Content-Type", value: "text/plain" }], body, truncated: false };
  return attempt({ statusCode: 500, response, ...fields });
}

/** Rules of a later version, which name the cause by the first word of the body. */
function laterRules(by = 1): Rules {
  const version = RULES_VERSION + by;
  return {
    version,
    diagnose(attempts) {
      const told = diagnose(attempts);
      const body = attempts.at(-1)?.response?.body;
      if (told === undefined || body === undefined) return told;
      return { ...told, rules: version, reading: { ...told.reading, id: `v${version}-${body.split(" ")[0]}` } };
    },
  };
}

describe.each(DATABASES)("diagnoses in %s", (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await openFreshStore(database);
  });
  beforeEach(() => emptyStore(store));
  afterAll(() => store.close());

  const now = () => at(30);
  const failed = (n: number): Invocation => invocation({ id: `i${n}`, statusCode: 500, createdAt: at(n) });
  const issueOf = (causeId: string | undefined): string => issueId("zendesk", "w1", causeId ?? "");
  const causeIds = (known: Map<string, { diagnosis?: Diagnosis }>) =>
    [...known.values()].map(({ diagnosis }) => diagnosis?.reading.id);

  async function save(count: number, body: (n: number) => string): Promise<Invocation[]> {
    const invocations = Array.from({ length: count }, (_, n) => failed(n));
    for (const [n, ref] of invocations.entries()) await saveAttempts(store.db, ref, [answered(body(n))], at(40));
    return invocations;
  }

  it("are kept with the attempts, and answer without them", async () => {
    const told = await saveAttempts(store.db, failed(1), [answered("disk full on \0 node 7")], at(40));
    await store.db.deleteFrom("attempts").execute();
    const known = await readDiagnoses(store.db, [failed(1), failed(2)]);
    expect(known.get(refKey(failed(1)))).toMatchObject({ readAt: at(40), rules: RULES_VERSION });
    const [kept] = diagnosesIn(known).values();
    expect(kept).toMatchObject({ reading: { id: told?.reading.id }, attemptIndex: 0, statusCode: 500 });
    expect(kept?.reading.telling?.text).toContain("disk full");
    expect(known.size).toBe(1);
  });

  it("say of attempts that told nothing that they were read", async () => {
    await saveAttempts(store.db, failed(1), [], at(40));
    const known = await readDiagnoses(store.db, [failed(1)]);
    expect([...known.values()]).toEqual([{ readAt: at(40), rules: RULES_VERSION }]);
    expect([...diagnosesIn(known)]).toEqual([[refKey(failed(1)), undefined]]);
    // Before its end nothing was to be told yet.
    const ended = { ...failed(1), latestCompletedAt: at(41) };
    expect((await bringDiagnosesUpToDate(store.db, [failed(1)], { now })).size).toBe(1);
    expect((await bringDiagnosesUpToDate(store.db, [ended], { now })).size).toBe(0);
  });

  it("are never lost: attempts are kept with their diagnosis or not at all", async () => {
    const ended = store.db.transaction().execute(async (trx) => {
      await saveAttempts(trx, failed(1), [answered("disk full")], at(40));
      throw new Error("the process is killed before the commit");
    });
    await expect(ended).rejects.toThrow("killed");
    expect(await readAttempts(store.db, failed(1))).toBeUndefined();
    expect((await readDiagnoses(store.db, [failed(1)])).size).toBe(0);
  });

  it("are replaced by newer attempts, and not by an older reading", async () => {
    await saveAttempts(store.db, failed(1), [answered("disk full")], at(40));
    const newest = await saveAttempts(store.db, failed(1), [answered("pool exhausted")], at(50));
    await saveAttempts(store.db, failed(1), [answered("no such tenant")], at(45));
    expect(causeIds(await readDiagnoses(store.db, [failed(1)]))).toEqual([newest?.reading.id]);
  });

  it("are read anew from the stored attempts when the rules are newer, once, and the change is recorded", async () => {
    const invocations = await save(50, (n) => (n < 30 ? "disk full" : "pool exhausted"));
    const [disk] = causeIds(await readDiagnoses(store.db, invocations));
    const rules = laterRules();
    let readings = 0;
    const counting: Rules = {
      version: rules.version,
      diagnose(attempts) {
        readings += 1;
        return rules.diagnose(attempts);
      },
    };
    const known = await bringDiagnosesUpToDate(store.db, invocations, { now, rules: counting });
    expect(new Set(causeIds(known))).toEqual(new Set([`v${rules.version}-disk`, `v${rules.version}-pool`]));
    expect(causeIds(await readDiagnoses(store.db, invocations)).sort()).toEqual(causeIds(known).sort());
    await bringDiagnosesUpToDate(store.db, invocations, { now, rules: counting });
    expect(readings).toBe(50);
    expect(await regroupingsInto(store.db, "zendesk", "w1", `v${rules.version}-disk`)).toEqual([
      { fromCauseId: disk, at: at(30), fromRules: RULES_VERSION },
    ]);
  });

  it("leave a way from an issue's old id to what its members are now, over several versions", async () => {
    const invocations = await save(4, (n) => (n < 3 ? "disk full" : "disk slow"));
    const oldIds = new Set(causeIds(await readDiagnoses(store.db, invocations)));
    const [first = ""] = oldIds;
    await bringDiagnosesUpToDate(store.db, invocations, { now, rules: laterRules(1) });
    await bringDiagnosesUpToDate(store.db, invocations, { now, rules: laterRules(2) });
    const present = [issueOf(`v${RULES_VERSION + 2}-disk`)];
    expect(await currentIssueIds(store.db, "zendesk", "w1", issueOf(first))).toEqual(present);
    expect(await currentIssueIds(store.db, "zendesk", "w1", issueOf(`v${RULES_VERSION + 1}-disk`))).toEqual(present);
    expect(await currentIssueIds(store.db, "zendesk", "w2", issueId("zendesk", "w2", first))).toEqual([]);
    expect(await currentIssueIds(store.db, "zendesk", "w1", issueOf("never-seen"))).toEqual([]);
  });

  it("are made of attempts that were stored before there were any, and lead from the cause of the row", async () => {
    const [first] = await save(1, () => "disk full");
    if (!first) throw new Error("there is one");
    await store.db.deleteFrom("diagnoses").execute();
    const known = await bringDiagnosesUpToDate(store.db, [first], { now });
    const [causeId = ""] = causeIds(known);
    expect(causeId).toMatch(/^http-500-/);
    expect(await currentIssueIds(store.db, "zendesk", "w1", issueOf("http-500"))).toEqual([issueOf(causeId)]);
    // Reading what was not read before is no better rule.
    expect(await regroupingsInto(store.db, "zendesk", "w1", causeId)).toEqual([]);
  });

  it("lead from the cause of the row, when the attempts are read for the first time", async () => {
    await saveInvocationPage(store.db, { provider: "zendesk", webhookId: "w1", invocations: [failed(1)] });
    const told = await saveAttempts(store.db, failed(1), [answered("disk full")], at(40));
    expect(await currentIssueIds(store.db, "zendesk", "w1", issueOf("http-500"))).toEqual([issueOf(told?.reading.id)]);
    expect(await regroupingsInto(store.db, "zendesk", "w1", told?.reading.id ?? "")).toEqual([]);
  });

  it("lead from what they were when the attempts are read again after an upgrade", async () => {
    const [first] = await save(1, () => "disk full");
    if (!first) throw new Error("there is one");
    const [old] = causeIds(await bringDiagnosesUpToDate(store.db, [first], { now, rules: laterRules() }));
    const told = await saveAttempts(store.db, first, [answered("disk full")], at(50));
    expect(told?.reading.id).not.toBe(old);
    expect(await currentIssueIds(store.db, "zendesk", "w1", issueOf(old))).toEqual([issueOf(told?.reading.id)]);
  });

  it("lead from each of several causes by the same rules to the last", async () => {
    const ids: (string | undefined)[] = [];
    for (const [n, body] of ["disk full", "pool exhausted", "no such tenant"].entries()) {
      ids.push((await saveAttempts(store.db, failed(1), [answered(body)], at(40 + n)))?.reading.id);
    }
    const [first, second, third] = ids.map(issueOf);
    for (const id of [first, second]) {
      expect(await currentIssueIds(store.db, "zendesk", "w1", id ?? "")).toEqual([third]);
    }
  });

  it("lead to the cause of the row where the attempts of now tell nothing, and to no cause in between", async () => {
    await saveInvocationPage(store.db, { provider: "zendesk", webhookId: "w1", invocations: [failed(1)] });
    const first = await saveAttempts(store.db, failed(1), [answered("disk full")], at(40));
    await bringDiagnosesUpToDate(store.db, [failed(1)], { now, rules: laterRules() });
    await saveAttempts(store.db, failed(1), [], at(50));
    for (const id of [first?.reading.id, `v${RULES_VERSION + 1}-disk`]) {
      expect(await currentIssueIds(store.db, "zendesk", "w1", issueOf(id))).toEqual([issueOf("http-500")]);
    }
  });

  it("stay as they were where there is no time, and are not undone by older rules", async () => {
    const invocations = await save(2, () => "disk full");
    const before = causeIds(await readDiagnoses(store.db, invocations));
    const late = { now, rules: laterRules(), signal: AbortSignal.abort() };
    expect(causeIds(await bringDiagnosesUpToDate(store.db, invocations, late))).toEqual(before);
    await bringDiagnosesUpToDate(store.db, invocations, { now, rules: laterRules() });
    const known = await bringDiagnosesUpToDate(store.db, invocations, { now });
    expect(new Set(causeIds(known))).toEqual(new Set([`v${RULES_VERSION + 1}-disk`]));
  });

  it("are recorded once by two at a time", async () => {
    const invocations = await save(30, () => "disk full");
    const rules = laterRules();
    await Promise.all([1, 2].map(() => bringDiagnosesUpToDate(store.db, invocations, { now, rules })));
    const { count } = await store.db
      .selectFrom("regroupings")
      .select((eb) => eb.fn.countAll<string>().as("count"))
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(30);
  });
});
