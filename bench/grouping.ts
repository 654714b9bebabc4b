import { CorpusFault, readCorpus, readSample } from "./grouping/corpus.ts";
import { measureHostile } from "./grouping/hostile.ts";
import { mistakesOf } from "./grouping/mistakes.ts";
import { type GroupingOptions, readOptions, UsageFault } from "./grouping/options.ts";
import { isHeldOut, type Judged, judge, qualityByPart } from "./grouping/quality.ts";
import { asJson, describe, type Findings } from "./grouping/report.ts";
import { measureSpeed } from "./grouping/speed.ts";

/**
 * How well and how fast causes are read: of the project's own sample, or of the failures in a file of JSON lines. Attempts are made of them
 * and redacted before any time is taken. Ends with code 2 where the options or the file make no sense.
 */
export async function benchGrouping(args: readonly string[]): Promise<void> {
  try {
    const options = readOptions(args);
    const findings = find(options);
    console.log(options.json ? asJson(findings) : describe(findings));
  } catch (error) {
    if (!(error instanceof CorpusFault || error instanceof UsageFault)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

function find({ corpus, holdout, errors }: GroupingOptions): Findings {
  const judged = judge(corpus === undefined ? readSample() : readCorpus(corpus));
  return {
    corpus: corpus ?? "the project's own sample",
    quality: qualityByPart(judged),
    ...(holdout === undefined ? {} : { halves: halvesOf(judged, holdout) }),
    speed: measureSpeed(judged.map(({ attempt }) => attempt)),
    hostile: measureHostile(),
    ...(errors ? { mistakes: mistakesOf(judged) } : {}),
    readings: judged.map(({ line, reading }) => ({ id: line.id, cause: reading.id, category: reading.category })),
  };
}

function halvesOf(judged: readonly Judged[], share: number): Findings["halves"] {
  const isOut = ({ line }: Judged) => isHeldOut(line.group, share);
  return {
    share,
    heldOut: qualityByPart(judged.filter(isOut)),
    others: qualityByPart(judged.filter((each) => !isOut(each))),
  };
}
