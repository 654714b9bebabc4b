import type { Provider } from "../providers/provider.ts";
import type { FailuresAnswer, InvocationsAnswer, Issue, ListedInvocation } from "../triage/issue.ts";
import type { Invocation } from "../triage/model.ts";

/** What is asked of a provider for its pages. */
export type SourceOwner = Pick<Provider, "id" | "account" | "sourceUrl">;

/** Answers that lead back to the tasks and automations behind them, by the pages that providers have for those. */

export function withSourcePages(answer: FailuresAnswer, providers: readonly SourceOwner[]): FailuresAnswer {
  return { ...answer, issues: answer.issues.map((issue) => withPagesOf(issue, providers)) };
}

export function withListedPages(answer: InvocationsAnswer, providers: readonly SourceOwner[]): InvocationsAnswer {
  return { ...answer, invocations: answer.invocations.map((listed) => withSourcePage(listed, providers)) };
}

export function withSourcePage(listed: ListedInvocation, providers: readonly SourceOwner[]): ListedInvocation {
  const sourceUrl = pageOf(listed.invocation, providers);
  return sourceUrl === undefined ? listed : { ...listed, sourceUrl };
}

function withPagesOf(issue: Issue, providers: readonly SourceOwner[]): Issue {
  const sourceUrls = new Map<string, string>();
  for (const invocation of issue.invocations) {
    const url = pageOf(invocation, providers);
    if (url !== undefined) sourceUrls.set(invocation.id, url);
  }
  return sourceUrls.size === 0 ? issue : { ...issue, sourceUrls };
}

/** Only of the provider's own account: ids come from outside, and must not lead anywhere else. */
function pageOf({ provider: id, source }: Invocation, providers: readonly SourceOwner[]): string | undefined {
  if (source === undefined) return undefined;
  const provider = providers.find((candidate) => candidate.id === id);
  const url = provider?.sourceUrl?.(source);
  if (provider === undefined || url === undefined || !URL.canParse(url)) return undefined;
  const { href, origin, username, password } = new URL(url);
  const isOurs = origin === new URL(provider.account).origin && username === "" && password === "";
  return isOurs ? href : undefined;
}
