const LONGEST = 120;

/** A line that a person would say: `The receiver answered 422: event_id: field required`. */
export function titleOf(statusCode: number | undefined, reason: string | undefined, words: string | undefined): string {
  const told = words === undefined ? "" : sentenceCase(words);
  if (statusCode === undefined) return told === "" ? "It failed without a word" : cut(told);
  if (told === "") return `The receiver answered ${statusCode}${reason === undefined ? "" : ` ${reason}`}`;
  return cut(`The receiver answered ${statusCode}: ${told}`);
}

/** What was masked is an ellipsis for people. */
function sentenceCase(words: string): string {
  const shown = words.includes("<") ? words.replace(/<[a-z]+>/g, "…").replace(/(?:…[\s,;:/-]{0,3}){2,}/g, "… ") : words;
  return shown
    .replace(/[\s.:;,-]+$/, "")
    .replace(/^[A-Z](?=[a-z]*(?:\s[^A-Z]|$))/, (first) => first.toLowerCase())
    .trim();
}

function cut(title: string): string {
  if (title.length <= LONGEST) return title;
  const end = title.lastIndexOf(" ", LONGEST - 1);
  return `${title
    .slice(0, end > LONGEST / 2 ? end : LONGEST - 1)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trimEnd()}…`;
}
