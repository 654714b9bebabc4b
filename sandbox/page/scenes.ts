import type { SSEStreamingApi } from "hono/streaming";
import type { Recorded } from "../slack/happenings.ts";
import type { Person } from "../slack/model.ts";
import { TEAM } from "../slack/seed.ts";
import type { SandboxSlack } from "../slack/server.ts";
import { refusedIn } from "./refused.ts";
import { channelsOf, messagesOf, sees, shownMessage, shownPerson, viewsOf } from "./sight.ts";
import type { Storyteller } from "./story.ts";
import type { Traffic } from "./traffic.ts";
import type { Notice, PageEvent, Refused, Scene, ShownCommand, Story } from "./wire.ts";

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

/** So much of what Slack told is there after a reload, for one person and for all together. */
const MOST_TOLD = 20;
const MOST_KEPT = 500;

type Send = (event: PageEvent) => void;

export function openScenes({ slack, traffic, storyteller, commands, hasHomeTab }: SceneParts): Scenes {
  const { workspace, happenings, journal } = slack;
  const audience = new Map<Send, Person>();
  const closing = new Set<() => void>();
  const told: { isFor: (person: Person) => boolean; line: Notice | Refused }[] = [];
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
      told: toldTo(person),
      story,
    };
  }

  function toldTo(person: Person): (Notice | Refused)[] {
    const theirs = told.filter(({ isFor }) => isFor(person));
    return theirs.slice(-MOST_TOLD).map(({ line }) => line);
  }

  /** To this person, or else to all who see the place. */
  function tell(words: Omit<Notice, "key" | "ts"> | Omit<Refused, "key" | "ts">, user?: string): void {
    const { channel } = words;
    const isFor = (person: Person) => {
      if (user !== undefined) return user === person.id;
      return channel === undefined || channelsOf(slack, person).some(({ id }) => id === channel);
    };
    // Its place is after all that is there, also where the clock stands still.
    const ts = workspace.nextTs();
    const line = { ...words, ts, key: `told ${ts}` };
    told.push({ isFor, line });
    told.splice(0, Math.max(told.length - MOST_KEPT, 0));
    for (const [send, person] of audience) {
      if (isFor(person)) send({ type: "told", told: line });
    }
  }

  const endNotices = happenings.listen((happening) => {
    if (happening.kind === "notice") tell(noticeIn(happening), happening.user);
  });
  const endRefusals = journal.listen((entry) => {
    const refused = refusedIn(entry);
    if (refused !== undefined) tell(refused.line, refused.user);
  });

  return {
    async play(person, stream) {
      const { promise: end, resolve } = Promise.withResolvers<void>();
      let isOver = false;
      const leave = () => {
        isOver = true;
        resolve();
      };
      // Before anything waits: a browser may go while its scene is made ready.
      stream.onAbort(leave);
      closing.add(leave);
      const send: Send = (event) => void stream.writeSSE({ data: JSON.stringify(event) });
      const ends: (() => void)[] = [];
      try {
        const story = await storyteller.tell();
        if (isOver) return;
        // From here to the listeners nothing waits, so that nothing happens unseen.
        send({ type: "scene", scene: sceneOf(person, story) });
        ends.push(
          happenings.listen((happening) => {
            const event = eventOf(slack, person, happening);
            if (event !== undefined) send(event);
          }),
          traffic.listen((line) => send({ type: "traffic", line })),
        );
        audience.set(send, person);
        await end;
      } finally {
        closing.delete(leave);
        audience.delete(send);
        for (const stop of ends) stop();
      }
    },
    async tellStory() {
      if (audience.size === 0) return;
      const story = await storyteller.tell().catch(() => undefined);
      if (story === undefined) return;
      for (const send of audience.keys()) send({ type: "story", story });
    },
    close() {
      endNotices();
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
    case "notice":
      return undefined;
    default:
      return happening.view.user === person.id ? { type: "views", ...viewsOf(slack, person) } : undefined;
  }
}

type NoticeHappening = Extract<Recorded, { kind: "notice" }>;

function noticeIn({ channel, threadTs, error, about }: NoticeHappening): Omit<Notice, "key" | "ts"> {
  return {
    kind: "notice",
    error,
    ...(channel === undefined ? {} : { channel }),
    ...(threadTs === undefined ? {} : { threadTs }),
    ...(about === undefined ? {} : { about }),
  };
}
