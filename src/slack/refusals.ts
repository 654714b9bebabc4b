import { WebAPIPlatformError } from "@slack/web-api";

/** The variable that holds a token. */
export type TokenName = "SLACK_BOT_TOKEN" | "SLACK_APP_TOKEN";

/** A token that Slack takes no more. */
export interface Refused {
  token: TokenName;
  /** Slack's own word. */
  word: string;
  since: Date;
  /** What to do about it, as a sentence. */
  mend: string;
  /** What happened and what to do about it. A colon after the name of a token would have the log mask what follows. */
  told: string;
}

/** A word with which Slack refuses a token. */
export interface RefusalWord {
  /** What it means, without the full stop. */
  told: string;
  /** What to do about it, as a sentence. */
  mend(token: TokenName): string;
}

/** https://docs.slack.dev/reference/methods/auth.test#errors */
const WORDS = new Map<string, RefusalWord>([
  [
    "account_inactive",
    { told: "The app was removed from the workspace, or its bot was switched off", mend: installAgain },
  ],
  ["ekm_access_denied", { told: "An administrator of the organisation suspended access", mend: () => "Ask them." }],
  ["invalid_auth", { told: "Slack does not know this token", mend: copyAnew }],
  ["not_allowed_token_type", { told: "Slack takes no token of this kind here", mend: copyAnew }],
  ["not_authed", { told: "Slack saw no token", mend: copyAnew }],
  [
    "team_disabled",
    {
      told: "The workspace was switched off",
      mend: () => "Install the app in another workspace, and copy its tokens.",
    },
  ],
  [
    "token_expired",
    {
      told: "The token has expired",
      mend: (token) => `Turn token rotation off for the app, install it again and copy ${token} anew.`,
    },
  ],
  ["token_revoked", { told: "The token was revoked", mend: installAgain }],
  ["user_removed_from_team", { told: "The bot was removed from the workspace", mend: installAgain }],
]);

/** `undefined` for what has nothing to do with a token. */
export function refusalWord(word: string): RefusalWord | undefined {
  return WORDS.get(word);
}

/** Slack's words for being out of order itself. https://docs.slack.dev/reference/methods/auth.test#errors */
const PASSING = new Set(["internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited"]);

/** Whether it is Slack's own trouble, which goes by. */
export function isPassing(word: string): boolean {
  return PASSING.has(word);
}

function installAgain(token: TokenName): string {
  return `Install the app again at api.slack.com/apps and copy ${token} anew.`;
}

function copyAnew(token: TokenName): string {
  return `Copy ${token} anew from the app's pages at api.slack.com/apps, and start again.`;
}

/** Who repeats an error every few seconds is not read. Milliseconds. */
const TOLD_EVERY_MS = 60 * 60_000;

export interface RefusalWatch {
  readonly refusal: Refused | undefined;
  /** What came of a call that was made with the token: `undefined` for no error. */
  note(error: unknown): void;
}

/** Remembers whether Slack takes the token, and tells the operator when it does not, once an hour. */
export function watchRefusals(token: TokenName, tell: (message: string) => void, now: () => Date): RefusalWatch {
  let refusal: Refused | undefined;
  let toldAt: Date | undefined;

  function clear(): void {
    refusal = undefined;
    toldAt = undefined;
  }

  return {
    get refusal() {
      return refusal;
    },
    note(error) {
      if (error === undefined) clear();
      if (!(error instanceof WebAPIPlatformError)) return;
      const word = error.data.error;
      const mend = refusalWord(word)?.mend(token);
      if (mend === undefined) return clear();
      const told = `Slack answers ${word} to ${token}. ${mend}`;
      refusal = { token, word, mend, told, since: refusal?.since ?? now() };
      if (toldAt && now().getTime() - toldAt.getTime() < TOLD_EVERY_MS) return;
      toldAt = now();
      tell(told);
    },
  };
}
