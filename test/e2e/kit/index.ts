import type { SandboxSlack } from "../../../sandbox/slack/server.ts";
import { ChannelView } from "./channel.ts";
import { PersonView } from "./person.ts";
import { Story, type StoryOptions } from "./story.ts";

export type { ChannelView } from "./channel.ts";
export type { ShownMessage } from "./message.ts";
export type { ShownModal } from "./modal.ts";
export type { PersonView } from "./person.ts";
export type { StoryOptions, Wanted } from "./story.ts";

/** The words of an end-to-end test. What happened before it was told is no part of the story. */
export interface Told {
  person(name: string): PersonView;
  channel(name: string): ChannelView;
  /** Resolves once the bot has done all that it will do about what happened so far. */
  settled(): Promise<void>;
}

/** Begins a story in a Slack that runs; how the bot got there is the test's business. */
export function tellStory(slack: SandboxSlack, options: StoryOptions = {}): Told {
  const story = new Story(slack, options);
  return {
    person: (name) => new PersonView(story, slack.person(name)),
    channel: (name) => new ChannelView(story, slack.workspace.channel(name)),
    settled: () => story.settled(),
  };
}
