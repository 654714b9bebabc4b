/** Saves together what comes one by one. */
export interface Batches<Item> {
  /** Resolves when the item is saved, and rejects when it could not be. */
  save(item: Item): Promise<void>;
}

/** While one batch is written the next one gathers: nothing waits for more to come. */
export function createBatches<Item>(write: (batch: readonly Item[]) => Promise<unknown>): Batches<Item> {
  let gathering: Item[] = [];
  let next: Promise<void> | undefined;
  let written: Promise<void> = Promise.resolve();

  async function writeAfter(before: Promise<void>): Promise<void> {
    await before;
    const batch = gathering;
    gathering = [];
    next = undefined;
    await write(batch);
  }

  return {
    save(item) {
      gathering.push(item);
      if (next) return next;
      next = writeAfter(written);
      // Whoever saved hears of a failure; the next batch is another matter.
      written = next.catch(() => undefined);
      return next;
    },
  };
}
