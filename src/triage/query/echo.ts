/** How much of what somebody typed is said back to them. */
export const ECHO_LENGTH = 60;

// Control and bidirectional control characters could hide or reverse the sentence around them.
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+/gu;

/** What somebody typed, in quotes, cut to `ECHO_LENGTH` characters, on one line. Plain text: escape it for where it goes. */
export function echo(typed: string): string {
  return `“${shorten(typed)}”`;
}

/** `typed` on one line, at most `ECHO_LENGTH` characters of it. */
export function shorten(typed: string): string {
  // Cut before counting, so that a long text costs no more than a short one.
  const line = typed
    .slice(0, ECHO_LENGTH * 4)
    .toWellFormed()
    .replace(UNSEEN, " ")
    .trim();
  const characters = [...line];
  const isWhole = characters.length <= ECHO_LENGTH && typed.length <= ECHO_LENGTH * 4;
  return isWhole ? line : `${characters.slice(0, ECHO_LENGTH - 1).join("")}…`;
}
