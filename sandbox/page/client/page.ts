import type { PageEvent, PersonAct, StoryAct, TrafficBodies } from "../wire.ts";
import { changed, type Model } from "./model.ts";

/** The open page: what it shows, and the way to the server. */
export interface Page {
  readonly model: Model;
  /** Changes what is shown. */
  show(change: Partial<Model>): void;
  /** Acts as another person from now on. */
  become(name: string): void;
  act(act: PersonAct): Promise<void>;
  play(act: StoryAct): Promise<void>;
  bodiesOf(trafficId: number): Promise<TrafficBodies | undefined>;
}

/** Of what comes in a burst one drawing is enough. */
const DRAW_AFTER_MS = 16;

/** @param draw is called after every change, once for those that come together. */
export function openPage(start: Pick<Model, "as" | "channel" | "thread">, draw: (page: Page) => void): Page {
  let model: Model = {
    ...start,
    isConnected: false,
    tab: "messages",
    typed: 0,
    told: [],
    dismissed: [],
    unread: [],
    spoken: "",
  };
  let stream: EventSource | undefined;
  let isDrawing = false;

  function set(next: Model): void {
    model = next;
    keepPlace(model);
    if (isDrawing) return;
    isDrawing = true;
    setTimeout(() => {
      isDrawing = false;
      draw(page);
    }, DRAW_AFTER_MS);
  }

  function listen(): void {
    stream?.close();
    stream = new EventSource(`/page/stream?as=${encodeURIComponent(model.as)}`);
    stream.onopen = () => set({ ...model, isConnected: true });
    stream.onerror = () => set({ ...model, isConnected: false });
    stream.onmessage = ({ data }) => {
      const event: PageEvent = JSON.parse(data);
      set(changed(model, event));
    };
  }

  async function send(path: string, body: Record<string, unknown>): Promise<void> {
    const headers = { "content-type": "application/json" };
    try {
      const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
      if (response.ok) return set({ ...model, trouble: undefined });
      const { error }: { error: string } = await response.json();
      set({ ...model, trouble: error });
    } catch {
      set({ ...model, trouble: "The sandbox does not answer. Is npm run demo still running?" });
    }
  }

  const page: Page = {
    get model() {
      return model;
    },
    show: (change) => set({ ...model, ...change }),
    become(name) {
      set({ ...model, as: name, thread: undefined, news: undefined, told: [], dismissed: [], unread: [] });
      listen();
    },
    act(act) {
      if (act.act === "type") set({ ...model, typed: model.typed + 1 });
      return send("/page/acts", { ...act, as: model.as });
    },
    play: (act) => send("/page/story", act),
    async bodiesOf(trafficId) {
      const response = await fetch(`/page/traffic/${trafficId}`);
      if (!response.ok) return undefined;
      const bodies: TrafficBodies = await response.json();
      return bodies;
    },
  };
  listen();
  return page;
}

/** Who one is and where stands in the address: there after a reload, and for whoever gets the link. */
function keepPlace({ scene, as, channel, thread }: Model): void {
  const open = scene?.channels.find(({ id }) => id === channel);
  if (open === undefined) return;
  const place = new URLSearchParams({ as, channel: open.kind === "im" ? open.id : open.name });
  if (thread !== undefined) place.set("thread", thread);
  if (location.hash !== `#${place}`) history.replaceState(null, "", `#${place}`);
}
