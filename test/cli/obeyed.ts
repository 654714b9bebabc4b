/** The characters in a text that a terminal would obey instead of showing them; line breaks are ours. */
export function obeyedIn(text: string): string[] {
  return text.replaceAll("\n", "").match(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu) ?? [];
}
