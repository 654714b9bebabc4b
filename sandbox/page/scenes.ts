import type { SSEStreamingApi } from "hono/streaming";
import type { Recorded } from "../slack/happenings.ts";
import type { Person } from "../slack/model.ts";
import { TEAM } from "../slack/seed.ts";
import type { SandboxSlack } from "../slack/server.ts";
import { refusedIn } from "./refused.ts";
import { channelsOf, messagesOf, sees, shownMessage, shownPerson, viewsOf } from "./sight.ts";
import type { Storyteller } from "./story.ts";
import type { Traffic } from "./traffic.ts";
import type { PageEvent, Scene, ShownCommand, Story } from "./wire.ts";

/** What runs to the browsers: first all that a person sees, then each change of it. */
export interface Scenes {
  /** Until the browser goes, or `close`. */
  play(person: Person, stream: SSEStreamingApi): Promise<void>;
  /** Tells everybody how the story stands. */
  tellStory(): Promise<void>;
  close(): void;
}

export interface SceneParts {
  slack: SandboxSlack;
  traffic: Traffic;
  storyteller: Storyteller;
  commands: ShownCommand[];
  hasHomeTab: boolean;
}

type Send = (event: PageEvent) => void;

export function openScenes({ slack, traffic, storyteller, commands, hasHomeTab }: SceneParts): Scenes {
  const { workspace, happenings, journal } = slack;
  const audience = new Set<Send>();
  const closing = new Set<() => void>();
  let refusals = 0;
  for (const person of workspace.people.values()) {
    const { kind } = shownPerson(person);
    if (kind === "member" || kind === "guest") {
      workspace.openDirectMessage([person.id, slack.person("hooktriage").id]);
    }
  }

  function sceneOf(person: Person, story: Story): Scene {
    return {
      team: TEAM.name,
      me: shownPerson(person),
      people: [...workspace.people.values()].map(shownPerson),
      channels: channelsOf(slack, person),
      messages: messagesOf(slack, person),
      ...viewsOf(slack, person),
      hasHomeTab,
      commands,
      traffic: [...traffic.lines],
      story,
    };
  }

  const endRefusals = journal.listen((entry) => {
    const refused = refusedIn(entry);
    if (refused === undefined) return;
    refusals += 1;
    for (const send of audience) send({ type: "told", told: { ...refused, key: `refused ${refusals}` } });
  });

  return {
    async play(person, stream) {
      const send: Send = (event) => void stream.writeSSE({ data: JSON.stringify(event) });
      const story = await storyteller.tell();
      // From here to the listeners nothing waits, so that nothing happens unseen.
      send({ type: "scene", scene: sceneOf(person, story) });
      const ends = [
        happenings.listen((happening) => {
          const event = eventOf(slack, person, happening);
          if (event !== undefined) send(event);
        }),
        traffic.listen((line) => send({ type: "traffic", line })),
      ];
      audience.add(send);
      await new Promise<void>((resolve) => {
        closing.add(resolve);
        stream.onAbort(resolve);
      });
      audience.delete(send);
      for (const end of ends) end();
    },
    async tellStory() {
      if (audience.size === 0) return;
      const story = await storyteller.tell().catch(() => undefined);
      if (story === undefined) return;
      for (const send of audience) send({ type: "story", story });
    },
    close() {
      endRefusals();
      for (const resolve of closing) resolve();
    },
  };
}

/** What a happening changes for this person. */
function eventOf(slack: SandboxSlack, person: Person, happening: Recorded): PageEvent | undefined {
  switch (happening.kind) {
    case "posted":
    case "updated":
    case "deleted": {
      const { kind, message } = happening;
      return sees(slack, person, message)
        ? { type: "message", kind, message: shownMessage(slack, message) }
        : undefined;
    }
    case "notice": {
      const { user, channel, error, about, serial, at } = happening;
      if (user !== person.id) return undefined;
      const more = { ...(channel === undefined ? {} : { channel }), ...(about === undefined ? {} : { about }) };
      return {
        type: "told",
        told: { kind: "notice", key: `notice ${serial}`, ts: String(at.getTime() / 1000), error, ...more },
      };
    }
    default:
      return happening.view.user === person.id ? { type: "views", ...viewsOf(slack, person) } : undefined;
  }
}
