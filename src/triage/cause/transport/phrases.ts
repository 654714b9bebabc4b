import type { Phrases, TransportRule } from "./rule.ts";
import { wordsOfPhrase } from "./words-of.ts";

/**
 * Finds the rule that a text fits. A phrase is a row of words (`connection refused`); it fits wherever these words follow each other.
 * `@n` is any number but 0, `@url`, `@host` and `@path` are what stands for such, `^` is the start of the text and `$` its end.
 */
export interface PhraseBook {
  /** The place in the order given of the first rule that the words fit; -1 where none does. */
  find(words: readonly string[]): number;
}

interface Node {
  next: Map<string, Node>;
  /** Where any number may stand. */
  number: Node | undefined;
  /** Numbers of the phrases that end here. */
  ends: number[];
}

interface CompiledRule {
  and: readonly number[] | undefined;
  not: readonly number[];
}

/** All phrases go into one tree of words, so that the time does not grow with the number of rules. */
export function phraseBook(rules: readonly TransportRule[]): PhraseBook {
  const root = emptyNode();
  const numbers = new Map<string, number>();
  /** By the number of a phrase, the rules that it may decide, in their order. */
  const opens: number[][] = [];
  const numberOf = (phrase: string): number => {
    const words = wordsOfPhrase(phrase);
    const key = words.join(" ");
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = numbers.size;
    numbers.set(key, number);
    opens[number] = [];
    endOf(root, words).ends.push(number);
    return number;
  };
  const compiled = rules.map((rule, index): CompiledRule => {
    for (const number of each(rule.any).map(numberOf)) opens[number]?.push(index);
    return { and: rule.and && each(rule.and).map(numberOf), not: each(rule.not ?? []).map(numberOf) };
  });
  return {
    find(words) {
      const said: number[] = [];
      for (let at = 0; at < words.length; at += 1) note(root, words, at, said);
      let first = -1;
      for (const number of said) {
        for (const index of opens[number] ?? []) {
          if (first >= 0 && index >= first) break;
          const candidate = compiled[index];
          if (candidate && holds(candidate, said)) first = index;
        }
      }
      return first;
    },
  };
}

function each(phrases: Phrases): string[] {
  return phrases.flatMap((line) => line.split(" | ")).filter((phrase) => phrase.trim() !== "");
}

function emptyNode(): Node {
  return { next: new Map(), number: undefined, ends: [] };
}

function endOf(root: Node, words: readonly string[]): Node {
  let node = root;
  for (const word of words) {
    const known = node.next.get(word);
    const next = known ?? emptyNode();
    if (!known) node.next.set(word, next);
    if (word === "@n") node.number = next;
    node = next;
  }
  return node;
}

/** Notes all phrases that begin at one word, each once. Phrases are short, so this is a few steps. */
function note(from: Node, words: readonly string[], at: number, said: number[]): void {
  for (const number of from.ends) if (!said.includes(number)) said.push(number);
  const word = words[at];
  if (word === undefined) return;
  const next = from.next.get(word);
  if (next) note(next, words, at + 1, said);
  if (from.number && /^[1-9]\d{0,15}$/.test(word)) note(from.number, words, at + 1, said);
}

function holds({ and, not }: CompiledRule, said: readonly number[]): boolean {
  return (and?.some((number) => said.includes(number)) ?? true) && !not.some((number) => said.includes(number));
}
