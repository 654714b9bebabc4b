/** What a poll of an account costs lately. */
export interface PollCost {
  /** Pages, on the average. */
  readonly pages: number;
  note(pages: number): void;
}

/** The latest of so many polls count most. */
const POLLS = 20;

export function createPollCost(): PollCost {
  let pages = 1;
  return {
    get pages() {
      return pages;
    },
    note(latest) {
      pages += (Math.max(1, latest) - pages) / POLLS;
    },
  };
}
