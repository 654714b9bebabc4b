import { inRequest, newRequestId } from "../ops/request-id.ts";

/** What listeners are doing at this moment, so that an end can wait for it. */
export interface Work {
  /** Wraps a listener: while it runs, there is work, and what is logged carries the id of a request of its own. */
  tracked<Args, Result>(listener: (args: Args) => Promise<Result>): (args: Args) => Promise<Result>;
  /** Work that goes on after its listener has ended, under the id of its request. */
  goOn(run: () => Promise<void>): void;
  /** Resolves as soon as nothing is under way. */
  done(): Promise<void>;
}

export function createWork(): Work {
  const underWay = new Set<Promise<unknown>>();

  async function counted<Result>(running: Promise<Result>): Promise<Result> {
    underWay.add(running);
    try {
      return await running;
    } finally {
      underWay.delete(running);
    }
  }

  return {
    tracked(listener) {
      return (args) => counted(inRequest(newRequestId(), () => listener(args)));
    },
    goOn(run) {
      void counted(run());
    },
    async done() {
      while (underWay.size > 0) await Promise.allSettled([...underWay]);
    },
  };
}
