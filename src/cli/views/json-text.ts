/**
 * One JSON document as text. Characters that JSON lets stand as they are and a terminal would obey (C1 controls, which start
 * escape sequences, and those that turn the writing direction) are escaped: it parses to the same.
 */
export function jsonText(document: object): string {
  return JSON.stringify(document, null, 2).replaceAll(OBEYED, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

// A line break between two values is the only control character that JSON.stringify leaves.
const OBEYED = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
