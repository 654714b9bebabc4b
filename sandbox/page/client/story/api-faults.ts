/** How a provider's own API fails, after "Its API: ". The kind itself where nobody has put it in words. */
export function apiFaultInWords(kind: string): string {
  return WORDS[kind] ?? kind;
}

const WORDS: Readonly<Record<string, string>> = {
  "429": "429",
  "500": "500",
  "503": "503",
  down: "503 to everything",
  hang: "never answers",
  hold: "answers when it is healed",
  cut: "breaks off before its answer",
  "cut-body": "breaks off in its answer",
  "html-200": "HTML for JSON",
  "half-json-200": "half of its JSON",
  "text-error": "errors as plain text",
  redirect: "sends elsewhere",
  "unknown-status": "statuses that nobody knows",
  "unknown-state": "states that nobody knows",
  "cursor-loop": "pages that go round in circles",
  "token-loop": "pages that go round in circles",
  "old-token": "refuses the token",
  "audits-shuffled": "its audit trail in disorder",
  "audits-gaps": "its audit trail with gaps",
  "audits-endless": "its audit trail without an end",
  dpop: "wants tokens that are bound to a key",
  "no-token": "gives no token",
  "short-token": "tokens that end at once",
  "bad-client": "does not know the client",
};
