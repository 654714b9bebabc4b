import { type ComponentChild, h } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Scene, StoryAct } from "../wire.ts";
import { opening } from "./model.ts";
import type { Page } from "./page.ts";
import { closeFromWithin, useScreen } from "./panels.ts";
import { clockSection, digestChannel, placeInWords } from "./story/clock.ts";
import { type Next, type Outcome, outcomeOf, underWay } from "./story/outcome.ts";
import type { SectionParts } from "./story/parts.ts";
import { Path } from "./story/path.ts";
import { Provider } from "./story/provider.ts";
import { slackSection } from "./story/slack.ts";

interface PanelParts {
  page: Page;
  scene: Scene;
  /** Something covers it. */
  inert: boolean;
}

interface Last extends Outcome {
  /** Where the button was. */
  section: string;
  isBusy: boolean;
}

/** What happens around the bot, and how to make it happen. */
export function StoryPanel({ page, scene, inert }: PanelParts): ComponentChild {
  const { story } = scene;
  const [last, setLast] = useState<Last>({ section: "", words: "", isBusy: false });
  const { isNarrow } = useScreen();
  const { isBusy } = last;
  const told = useRef<HTMLDivElement>(null);
  const failing = story.providers.flatMap(({ webhooks }) => webhooks.filter((one) => one.failing.length > 0));
  // The list above it grows with what is broken, a moment after it was said.
  useLayoutEffect(() => told.current?.scrollIntoView({ block: "nearest" }), [last, failing.length]);
  const open = scene.channels.find(({ id }) => id === page.model.channel);
  const play = async (section: string, act: StoryAct) => {
    if (isBusy) return;
    setLast({ section, words: underWay(act), isBusy: true });
    const digest = digestChannel(scene, open)?.id;
    await page.play(act);
    const isDone = page.model.trouble === undefined;
    const outcome = isDone
      ? outcomeOf(act, story, digest, (id) => placeInWords(scene, id))
      : { words: "That could not be done: see above." };
    setLast({ section, isBusy: false, ...outcome });
  };
  const goOn = async (next: Next) => {
    if (isBusy) return;
    const channel = "goTo" in next ? next.goTo : open?.id;
    if (channel === undefined) return;
    page.show(channel === open?.id ? { tab: "messages", thread: undefined } : opening(page.model, channel));
    // There it covers the answer.
    if (isNarrow) closeFromWithin("story");
    if (!("ask" in next)) return;
    if (next.afterMinutes !== undefined) {
      setLast({ ...last, isBusy: true });
      await page.play({ act: "wait", minutes: next.afterMinutes });
      setLast({ ...last, isBusy: false });
    }
    void page.act({ act: "type", channel, text: next.ask });
  };
  const said = (section: string) => {
    const { words, next } = last.section === section ? last : { words: "" };
    const isOffered = next !== undefined && ("goTo" in next || open?.isArchived === false);
    const onClick = () => next && void goOn(next);
    const more = { "aria-disabled": isBusy ? "true" : undefined, onClick } as const;
    const ref = last.section === section ? told : undefined;
    return h("div", { class: "said", role: "status", ref }, [
      words === "" ? null : h("p", null, words),
      isOffered ? h("button", { type: "button", class: "button", ...more }, next.label) : null,
    ]);
  };
  const parts: SectionParts = { story, isBusy, play: (section, act) => void play(section, act), said };
  const close = { type: "button", class: "button icon", "aria-label": "Close this panel" } as const;
  return h("aside", { class: "story", id: "story", "aria-label": "The story", tabIndex: -1, inert }, [
    h("header", { class: "story-header" }, [
      h("h2", null, "The story"),
      h("button", { ...close, onClick: () => closeFromWithin("story") }, "×"),
    ]),
    h(Path, { scene }),
    clockSection(parts, scene, open),
    story.providers.map((provider) => h(Provider, { key: provider.id, provider, parts })),
    slackSection(parts),
  ]);
}
