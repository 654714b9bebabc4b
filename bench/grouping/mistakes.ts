import type { Judged } from "./quality.ts";

/** Where causes and people disagree. */
export interface Mistakes {
  /** Groups with more than one cause. */
  split: { group: string; causes: { id: string; signature: string; lines: string[] }[] }[];
  /** Causes with more than one group. */
  merged: { cause: string; signature: string; groups: { group: string; lines: string[] }[] }[];
  wrongCategories: { line: string; group: string; wanted: string; read: string; cause: string; signature: string }[];
}

export function mistakesOf(judged: readonly Judged[]): Mistakes {
  const byGroup = Map.groupBy(judged, ({ line }) => line.group);
  const byCause = Map.groupBy(judged, ({ reading }) => reading.id);
  const mistakes: Mistakes = { split: [], merged: [], wrongCategories: [] };
  for (const [group, members] of byGroup) {
    const causes = [...Map.groupBy(members, ({ reading }) => reading.id)].map(([id, of]) => ({
      id,
      signature: signatureOf(of),
      lines: idsOf(of),
    }));
    if (causes.length > 1) mistakes.split.push({ group, causes });
  }
  for (const [cause, members] of byCause) {
    const groups = [...Map.groupBy(members, ({ line }) => line.group)].map(([group, of]) => ({
      group,
      lines: idsOf(of),
    }));
    if (groups.length > 1) mistakes.merged.push({ cause, signature: signatureOf(members), groups });
  }
  for (const { line, reading } of judged) {
    if (line.category === reading.category) continue;
    const { id, group, category } = line;
    const { signature } = reading;
    mistakes.wrongCategories.push({
      line: id,
      group,
      wanted: category,
      read: reading.category,
      cause: reading.id,
      signature,
    });
  }
  return mistakes;
}

/** As a text to read in a terminal. */
export function describeMistakes({ split, merged, wrongCategories }: Mistakes): string {
  return [
    `${split.length} split groups`,
    ...split.flatMap(({ group, causes }) => [
      `  ${group}`,
      ...causes.map(({ id, signature, lines }) => `    ${id} (${lines.join(", ")}): ${signature}`),
    ]),
    `${merged.length} merged causes`,
    ...merged.flatMap(({ cause, signature, groups }) => [
      `  ${cause}: ${signature}`,
      ...groups.map(({ group, lines }) => `    ${group} (${lines.join(", ")})`),
    ]),
    `${wrongCategories.length} wrong categories`,
    ...wrongCategories.map(
      ({ line, wanted, read, cause, signature }) => `  ${line}: ${wanted}, read as ${read} (${cause}): ${signature}`,
    ),
  ].join("\n");
}

function idsOf(judged: readonly Judged[]): string[] {
  return judged.map(({ line }) => line.id);
}

function signatureOf(judged: readonly Judged[]): string {
  return judged[0]?.reading.signature ?? "";
}
