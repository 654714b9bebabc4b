import type { Fill, Filled, PageEvent, PersonAct, StoryAct, TrafficBodies } from "../wire.ts";
import { changed, type Model, opening, placeIn } from "./model.ts";
import { hashOf, readPlace } from "./place.ts";

/** The open page: what it shows, and the way to the server. */
export interface Page {
  readonly model: Model;
  /** Changes what is shown. */
  show(change: Partial<Model>): void;
  /** Acts as another person from now on. */
  become(name: string): void;
  /** What cannot be done is told on the page. */
  act(act: PersonAct): Promise<void>;
  /** What cannot be done is for the caller to tell. */
  attempt(act: PersonAct): Promise<string | undefined>;
  /** What somebody filled in there and nobody sent yet; it outlasts the drawing. `before` is what is known of it at first. */
  filledIn(place: string, before?: Fill): Record<string, Filled>;
  play(act: StoryAct): Promise<void>;
  bodiesOf(trafficId: number): Promise<TrafficBodies | undefined>;
}

/** Of what comes in a burst one drawing is enough. */
const DRAW_AFTER_MS = 16;

/** Opens it where the address says. @param draw is called after every change, once for those that come together. */
export function openPage(draw: (page: Page) => void): Page {
  let model: Model = {
    ...readPlace(location.hash),
    isConnected: false,
    tab: "messages",
    acted: 0,
    told: [],
    arrived: [],
    dismissed: [],
    unread: [],
    spoken: "",
  };
  const drafts = new Map<string, Record<string, Filled>>();
  let stream: EventSource | undefined;
  let isDrawing = false;
  // The address named the place, and is only put right.
  let isFromAddress = true;

  function set(next: Model): void {
    model = next;
    keepPlace();
    if (isDrawing) return;
    isDrawing = true;
    setTimeout(() => {
      isDrawing = false;
      draw(page);
    }, DRAW_AFTER_MS);
  }

  /** The place is in the address: there after a reload, and for whoever gets the link. A step back leads to the one before. */
  function keepPlace(): void {
    const hash = hashOf(model.scene, model);
    if (hash === undefined) return;
    if (location.hash !== hash) history[isFromAddress ? "replaceState" : "pushState"](null, "", hash);
    isFromAddress = false;
  }

  /** After a step back or forth, or a change of the address by hand. */
  function followAddress(): void {
    const { as, channel: named, thread } = readPlace(location.hash);
    const { scene } = model;
    isFromAddress = true;
    const channel = scene?.channels.find(({ name }) => name === named)?.id ?? named;
    const there = { ...model, ...opening(model, channel), thread, news: undefined };
    if (as !== model.as) become({ as, channel, thread });
    else set(scene?.me.name === as ? { ...there, ...placeIn(scene, there) } : there);
  }

  function become(change: Pick<Model, "as"> & Partial<Model>): void {
    set({ ...model, thread: undefined, news: undefined, told: [], arrived: [], dismissed: [], unread: [], ...change });
    listen();
  }

  /** A browser keeps six connections to one host for all its tabs: those that nobody looks at shall have none. */
  function listenWhileSeen(): void {
    if (document.hidden) stream?.close();
    else listen();
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

  /** Gives what went wrong. */
  async function send(path: string, body: Record<string, unknown>): Promise<string | undefined> {
    const headers = { "content-type": "application/json" };
    try {
      const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
      if (response.ok) return undefined;
      const { error }: { error: string } = await response.json();
      return error;
    } catch {
      return "The sandbox does not answer. Is npm run demo still running?";
    }
  }

  const page: Page = {
    get model() {
      return model;
    },
    show: (change) => set({ ...model, ...change }),
    become: (name) => become({ as: name }),
    async act(act) {
      const trouble = await page.attempt(act);
      set({ ...model, trouble });
    },
    attempt(act) {
      if (act.act !== "close" && act.act !== "open_home") set({ ...model, acted: model.acted + 1 });
      return send("/page/acts", { ...act, as: model.as });
    },
    filledIn(place, before = {}) {
      const draft = drafts.get(place) ?? { ...before };
      drafts.set(place, draft);
      return draft;
    },
    async play(act) {
      const trouble = await send("/page/story", act);
      set({ ...model, trouble });
    },
    async bodiesOf(trafficId) {
      const response = await fetch(`/page/traffic/${trafficId}`);
      if (!response.ok) return undefined;
      const bodies: TrafficBodies = await response.json();
      return bodies;
    },
  };
  addEventListener("popstate", followAddress);
  document.addEventListener("visibilitychange", listenWhileSeen);
  listenWhileSeen();
  return page;
}
