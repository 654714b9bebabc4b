import { distance } from "fastest-levenshtein";

/** Longer inputs are no typo of anything, and comparing them costs time. */
const LONGEST_TYPO = 60;

/** The candidate that `typed` was probably meant to be, `undefined` when nothing is near. Case is ignored. */
export function suggest<Candidate extends string>(
  typed: string,
  candidates: readonly Candidate[],
): Candidate | undefined {
  const word = typed.toLowerCase();
  if (word.length > LONGEST_TYPO) return undefined;
  const begun = candidates.find((candidate) => word.length >= 3 && candidate.toLowerCase().startsWith(word));
  if (begun !== undefined) return begun;
  return nearest(word, candidates, Math.max(1, Math.min(3, Math.floor(word.length / 3))), 1)[0];
}

/** Up to `count` candidates at most `limit` edits away, nearest first. `spell` says what of a candidate is compared. */
export function nearest<Candidate extends string>(
  typed: string,
  candidates: readonly Candidate[],
  limit: number,
  count: number,
  spell: (candidate: Candidate) => string = (candidate) => candidate,
): Candidate[] {
  if (typed.length > LONGEST_TYPO) return [];
  return candidates
    .map((candidate) => ({ candidate, edits: distance(typed, spell(candidate).toLowerCase()) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}
