import type { PageEvent, Scene } from "../../../sandbox/page/wire.ts";

/** Somebody who has the page open, and what has come to them. */
export interface Audience {
  readonly events: readonly PageEvent[];
  /** The first event of a kind that matches, be it long past or still to come. */
  next<Type extends PageEvent["type"]>(type: Type, isIt?: (event: EventOf<Type>) => boolean): Promise<EventOf<Type>>;
  scene(): Promise<Scene>;
  leave(): void;
}

type EventOf<Type extends PageEvent["type"]> = Extract<PageEvent, { type: Type }>;

const PATIENCE_MS = 15_000;

/** Opens the stream of events as this person. */
export async function attend(url: string, as: string): Promise<Audience> {
  const leaving = new AbortController();
  const response = await fetch(`${url}/page/stream?as=${as}`, { signal: leaving.signal });
  const events: PageEvent[] = [];
  const listeners = new Set<() => void>();
  void readEvents(response, (event) => {
    events.push(event);
    for (const listener of listeners) listener();
  }).catch(() => undefined);

  function next<Type extends PageEvent["type"]>(type: Type, isIt: (event: EventOf<Type>) => boolean = () => true) {
    const isWanted = (event: PageEvent): event is EventOf<Type> => event.type === type;
    const find = () => events.filter(isWanted).find(isIt);
    return new Promise<EventOf<Type>>((resolve, reject) => {
      const timer = setTimeout(() => {
        listeners.delete(look);
        reject(new Error(`No ${type} came; what came: ${events.map((event) => event.type).join(", ")}`));
      }, PATIENCE_MS);
      function look(): void {
        const found = find();
        if (found === undefined) return;
        clearTimeout(timer);
        listeners.delete(look);
        resolve(found);
      }
      listeners.add(look);
      look();
    });
  }

  return { events, next, scene: async () => (await next("scene")).scene, leave: () => leaving.abort() };
}

async function readEvents(response: Response, hear: (event: PageEvent) => void): Promise<void> {
  let rest = "";
  for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parts = (rest + text).split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) hear(JSON.parse(part.replace(/^data: /, "")));
  }
}
