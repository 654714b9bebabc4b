import { describe, expect, it } from "vitest";
import { type SourceOwner, withListedPages, withSourcePage, withSourcePages } from "../../src/collect/source-pages.ts";
import { FRAME, invocation, issue, webhook } from "../cli/views/sample.ts";

const ACME: SourceOwner = {
  id: "conductorone",
  account: "https://acme.conductor.one",
  sourceUrl: ({ kind, ref }) =>
    kind === "provisionStep" && ref ? `https://acme.conductor.one/task/${encodeURIComponent(ref)}` : undefined,
};

function stuck(source: { kind: string; ref?: string } | undefined, provider = "conductorone") {
  return invocation(5, { provider, ...(source ? { source } : {}) });
}

function pageOf(source: { kind: string; ref?: string } | undefined, owner: SourceOwner) {
  const listed = {
    invocation: stuck(source),
    webhook: webhook("Badges"),
    issueId: "a",
    cause: issue("Badges", [5]).cause,
    isAssumed: false,
  };
  return withSourcePage(listed, [owner]).sourceUrl;
}

describe("the page of what made a provider send", () => {
  it("is what its provider says", () => {
    expect(pageOf({ kind: "provisionStep", ref: "a/b" }, ACME)).toBe("https://acme.conductor.one/task/a%2Fb");
  });

  it.each([[undefined], [{ kind: "test" }], [{ kind: "provisionStep" }]])("is none for the source %j", (source) => {
    expect(pageOf(source, ACME)).toBeUndefined();
  });

  it("is none where the provider has no pages, or is another", () => {
    const { sourceUrl: _, ...bare } = ACME;
    expect(pageOf({ kind: "provisionStep", ref: "1" }, bare)).toBeUndefined();
    expect(pageOf({ kind: "provisionStep", ref: "1" }, { ...ACME, id: "zendesk" })).toBeUndefined();
  });

  it.each([
    "https://evil.example/task/1",
    "http://acme.conductor.one/task/1",
    "https://acme.conductor.one@evil.example/",
    "https://me:secret@acme.conductor.one/task/1",
    "//acme.conductor.one/task/1",
    "javascript:alert(1)",
  ])("is never one outside its account, such as %s", (url) => {
    expect(pageOf({ kind: "provisionStep", ref: "1" }, { ...ACME, sourceUrl: () => url })).toBeUndefined();
  });

  it("is known to every invocation of an issue that has one", () => {
    const [one, other] = [stuck({ kind: "provisionStep", ref: "1" }), { ...stuck({ kind: "test" }), id: "other" }];
    const [badges, jira] = withSourcePages(
      {
        ...FRAME,
        coverage: [],
        totals: { failed: 3, pending: 0 },
        issues: [issue("Badges", [5], { invocations: [one, other] }), issue("Jira", [5])],
      },
      [ACME],
    ).issues;
    expect(badges?.sourceUrls).toEqual(new Map([[one.id, "https://acme.conductor.one/task/1"]]));
    expect(jira).not.toHaveProperty("sourceUrls");
  });

  it("is known to invocations one by one", () => {
    const listed = { webhook: webhook("Badges"), issueId: "a", cause: issue("Badges", [5]).cause, isAssumed: false };
    const answer = { ...FRAME, coverage: [], totals: { failed: 2, pending: 0 } };
    const invocations = [stuck({ kind: "provisionStep", ref: "1" }), stuck(undefined)].map((one) => ({
      ...listed,
      invocation: one,
    }));
    expect(withListedPages({ ...answer, invocations }, [ACME]).invocations.map(({ sourceUrl }) => sourceUrl)).toEqual([
      "https://acme.conductor.one/task/1",
      undefined,
    ]);
  });
});
