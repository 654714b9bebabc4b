/** Readings of one provider that go on side by side. */
export interface Lanes {
  /** How many more may begin. */
  readonly free: number;
  /** Counts `work` as one of them while it lasts, also where none is free. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createLanes(most: number): Lanes {
  let taken = 0;
  return {
    get free() {
      return Math.max(0, most - taken);
    },
    async run(work) {
      taken += 1;
      try {
        return await work();
      } finally {
        taken -= 1;
      }
    },
  };
}
