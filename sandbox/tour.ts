import { DEFAULT_PACE } from "../src/slack/context.ts";
import { naming } from "./slack/control.ts";
import { actionablesIn } from "./slack/elements.ts";
import type { Block, Message, Person } from "./slack/model.ts";
import { renderMessage } from "./slack/render.ts";
import type { SandboxSlack } from "./slack/server.ts";
import type { Stage } from "./stage.ts";

/** Writes a line of the story. */
export type Tell = (line: string) => void;

const ANSWER_WITHIN_MS = 30_000;

/** Nobody on a tour waits for long, nor needs to be told that an answer is on its way. */
export const TOUR_PACE = { ...DEFAULT_PACE, deadlineMs: 5_000, workingAfterMs: ANSWER_WITHIN_MS };

/** Tells what a person on call does and sees, by really doing it in the sandbox. Throws when something does not come. */
export async function tellTour({ slack, zendesk, conductorone }: Stage, tell: Tell): Promise<void> {
  const dana = slack.person("dana");
  const show = (message: Message) => tell(indented(renderFor(slack, dana, message)));

  tell(
    "Hooktriage, in two minutes. Everything you see happens on this machine: a Slack, a Zendesk, a ConductorOne, and the bot between them.",
  );
  tell(`  Slack         ${slack.url}`);
  tell(`  Zendesk       ${zendesk.url}`);
  if (conductorone) tell(`  ConductorOne  ${conductorone.url}`);

  chapter(tell, 1, "Tickets no longer reach Jira. Dana is on call, and asks in #ops what fails at Zendesk:");
  const answer = await typeAndWait(slack, tell, "/hooks failures last 24h provider:zendesk", isAnswer);
  show(answer);

  chapter(tell, 2, "She presses Attempts on the first invocation, and its history opens in the thread:");
  show(await press(slack, answer, "attempts"));
  tell("");
  tell("   Why are these one issue, and were all of them looked at? Why grouped? tells that:");
  tell("");
  show(await press(slack, answer, "why-grouped"));

  chapter(tell, 3, "How are the others? She asks for the webhooks:");
  show(await typeAndWait(slack, tell, "/hooks webhooks", isAnswer));

  chapter(tell, 4, "A typo is told to her alone, with what works instead:");
  show(await typeAndWait(slack, tell, "/hooks failurs last 24h", isForDana));

  chapter(tell, 5, "She has it come by itself on every weekday morning, and looks at what it would say now:");
  show(await typeAndWait(slack, tell, "/hooks digest daily at 09:00 weekdays code:5xx", isForDana));
  tell("");
  show(await typeAndWait(slack, tell, "/hooks digest preview", isForDana));

  chapter(
    tell,
    6,
    "People have waited for days for access that was approved, and ConductorOne tells nobody why. She asks:",
  );
  const stuck = await typeAndWait(slack, tell, "/hooks failures provider:conductorone last 3 days", isAnswer);
  show(stuck);
  tell("");
  const byHand = issueThatSays(stuck, "fell back to manual provisioning");
  tell(
    "   Attempts on requests that fell back to manual provisioning tells how often it was tried, and with what end:",
  );
  tell("");
  show(await press(slack, stuck, "attempts", byHand));
  if (conductorone) {
    tell("");
    tell("   The link leads to the access request itself, where somebody now has to do it by hand:");
    tell("");
    tell(indented(await openPage(taskLink(conductorone.url, byHand))));
  }

  chapter(
    tell,
    7,
    "Zendesk goes down. What is not known of it is named, never counted as zero. ConductorOne's part is whole:",
  );
  zendesk.fail("500");
  show(await typeAndWait(slack, tell, "/hooks failures last 3 days", isAnswer));
  zendesk.heal();

  tell("");
  tell(
    "That is all. `npm run demo` keeps everything running for you to try; README.md says how to connect your own Slack.",
  );

  function isForDana(message: Message): boolean {
    return message.ephemeralFor === dana.id;
  }

  function isAnswer(message: Message): boolean {
    return message.ephemeralFor === undefined && message.threadTs === undefined;
  }
}

function chapter(tell: Tell, position: number, title: string): void {
  tell("");
  tell(`${position}. ${title}`);
  tell("");
}

async function typeAndWait(
  slack: SandboxSlack,
  tell: Tell,
  typed: string,
  isIt: (message: Message) => boolean,
): Promise<Message> {
  tell(`   #ops  dana> ${typed}`);
  tell("");
  const mark = slack.happenings.mark;
  const [command = "", ...words] = typed.split(" ");
  await slack.sendCommand({ user: "dana", channel: "ops", command, text: words.join(" ") });
  return nextMessage(slack, mark, isIt);
}

/** The blocks of the first issue in an answer that says this. */
function issueThatSays({ blocks = [] }: Message, words: string): Block[] {
  const starts = [...blocks.keys()].filter((at) => blocks[at]?.type === "divider");
  const issues = starts.map((start, index) => blocks.slice(start, starts[index + 1]));
  const issue = issues.find((own) => JSON.stringify(own).includes(words));
  if (!issue) throw new Error(`No issue of the answer says "${words}".`);
  return issue;
}

/** Presses the first such button of an answer, or among some of its blocks; resolves with what comes in its thread. */
async function press(
  slack: SandboxSlack,
  answer: Message,
  actionId: "attempts" | "why-grouped",
  blocks = answer.blocks ?? [],
): Promise<Message> {
  const button = actionablesIn(blocks).find((actionable) => actionable.actionId === actionId);
  if (!button) throw new Error(`The answer has no button ${actionId}.`);
  const pressedAt = slack.happenings.mark;
  const value = button.element.value;
  await slack.pressButton({
    user: "dana",
    channel: "ops",
    messageTs: answer.ts,
    actionId,
    ...(typeof value === "string" ? { value } : {}),
  });
  return nextMessage(slack, pressedAt, (message) => message.threadTs === answer.ts);
}

/** The first link among blocks to a task's page. */
function taskLink(tenantUrl: string, blocks: readonly Block[]): string {
  const text = JSON.stringify(blocks);
  const start = text.indexOf(`${tenantUrl}/task/`);
  const [link] = /^[^|>"]+/.exec(text.slice(start)) ?? [];
  if (start === -1 || link === undefined) throw new Error("The answer leads to no access request.");
  return link;
}

async function openPage(url: string): Promise<string> {
  const response = await fetch(url);
  return `${url}\n\n${(await response.text()).trimEnd()}`;
}

async function nextMessage(slack: SandboxSlack, mark: number, isIt: (message: Message) => boolean): Promise<Message> {
  const happening = await slack.happenings.waitFor(
    (candidate) => candidate.kind === "posted" && isIt(candidate.message),
    ANSWER_WITHIN_MS,
    mark,
  );
  if (happening.kind !== "posted") throw new Error("No message came.");
  return happening.message;
}

function renderFor(slack: SandboxSlack, reader: Person, message: Message): string {
  const color = process.stdout.isTTY === true;
  return renderMessage(message, { now: slack.now(), timeZone: reader.timeZone, color, ...naming(slack) });
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `   │ ${line}`.trimEnd())
    .join("\n");
}
