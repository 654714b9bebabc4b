import { WebClient } from "@slack/web-api";
import type { Page } from "playwright-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { ELEMENT_TYPES } from "../../sandbox/slack/validate/elements.ts";
import { BLOCK_SURFACES, type Surface } from "../../sandbox/slack/validate/limits.ts";
import { barChart, mrkdwn, plain, section } from "../sandbox/slack/samples.ts";
import { elementsOn, gallery, inMessages, inView } from "./gallery.ts";
import { blockSamples, dataTable } from "./gallery-blocks.ts";
import { ELEMENT_SAMPLES } from "./gallery-elements.ts";
import { focusOn, nameless, openVisit, PICTURE, type, type Visit } from "./visit.ts";

/** What of the gallery is to be read, by the type of the block. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  header: ["Header"],
  section: ["bold", "strike", "code", "link", "quoted", "pre <b>", "Right"],
  divider: [],
  context: ["@dana", "and plain"],
  image: ["Image title"],
  actions: ["Plain", "Primary"],
  input: ["Typed", "A hint"],
  rich_text: ["bold", "bullet", "third", "quoted", "@here"],
  data_table: ["Figures by hour", "nine", "3 ms"],
  data_visualization: ["Failures an hour", "By cause", "Line", "Area"],
  markdown: ["Heading", "bold", "one", "quote", "pre"],
  table: ["Name", "wide", "7"],
  card: ["Card", "Subtitle", "Body", "Subtext", "On Card", "Named"],
  carousel: ["First", "On Second"],
  container: ["Container", "Below it", "Inside", "Rich title", "Open"],
  plan: ["Plan", "● Task"],
  task_card: ["◐ Alone", "details", "output"],
  context_actions: ["Good", "Bad"],
  video: ["A video"],
  alert: ["Mind"],
};
const SURFACES = ["message", "home", "modal"] as const;

let visit: Visit;
let web: WebClient;
beforeAll(async () => {
  visit = await openVisit({ width: 1180, height: 900, colours: "light" });
  const { botToken, apiUrl } = visit.demo.stage.slack;
  web = new WebClient(botToken, { slackApiUrl: apiUrl, retryConfig: { retries: 0 } });
  return () => visit.close();
});
afterEach(() => expect(visit.troubles.splice(0)).toEqual([]));

describe("the gallery", () => {
  it("has every block and element that there is, so that each is drawn below", () => {
    const types = new Set([...blockSamples("F1"), ...SURFACES.flatMap(blocksWithElements)].map((block) => block.type));
    const sent = Object.keys(BLOCK_SURFACES).filter((one) => BLOCK_SURFACES[one]?.length !== 0);
    expect([...types].sort()).toEqual(sent.sort());
    expect(Object.keys(WORDS).sort()).toEqual(sent.sort());
    expect(Object.keys(ELEMENT_SAMPLES).sort()).toEqual([...ELEMENT_TYPES].sort());
    expect(new Set(SURFACES.flatMap(elementsOn).map(({ element }) => element))).toEqual(new Set(ELEMENT_TYPES));
  });

  it.each([
    ["message", showMessages],
    ["home", showHome],
    ["modal", showModal],
  ] as const)(
    "is drawn in a %s: every block with its words, every element as what it is, each with a name",
    async (surface, show) => {
      const page = await visit.open(surface === "modal" ? "omar" : "dana", "private-oncall");
      const root = await show(page, gallery(surface, await uploaded("In the gallery")));
      await page.locator(`${root} .block`).last().waitFor();
      expect(await page.locator("mark, details.alert.warning").allTextContents()).toEqual([]);
      const types = Object.keys(BLOCK_SURFACES).filter((one) => BLOCK_SURFACES[one]?.includes(surface));
      expect(await unseenWords(page, root, types)).toEqual([]);
      expect(await undrawnElements(page, root, surface)).toEqual([]);
      expect(await nameless(page)).toEqual([]);
      expect(await page.locator(`${root} .block-divider hr`).count()).toBe(1);
      expect(await page.locator(`${root} svg[role=img]`).count()).toBe(types.includes("data_visualization") ? 4 : 0);
    },
  );

  function blocksWithElements(surface: Surface) {
    return elementsOn(surface).map(({ block }) => block);
  }

  async function showMessages(_page: Page, blocks: ReturnType<typeof gallery>): Promise<string> {
    const posted: string[] = [];
    for (const message of inMessages(blocks)) posted.push(await post(message));
    return `:is(${posted.join(", ")})`;
  }

  async function showHome(page: Page, blocks: ReturnType<typeof gallery>): Promise<string> {
    const user_id = visit.demo.stage.slack.person("dana").id;
    await web.apiCall("views.publish", { user_id, view: inView("home", blocks) });
    await page.getByRole("navigation", { name: "Channels" }).getByRole("button", { name: "Hooktriage" }).click();
    await page.getByRole("button", { name: "Home" }).click();
    return ".home";
  }

  async function showModal(_page: Page, blocks: ReturnType<typeof gallery>): Promise<string> {
    const { tickets, person } = visit.demo.stage.slack;
    const trigger_id = tickets.giveTrigger({ user: person("omar").id });
    await web.apiCall("views.open", { trigger_id, view: inView("modal", blocks) });
    return "dialog";
  }

  /** Words of the samples that nobody can read. */
  async function unseenWords(page: Page, root: string, types: string[]): Promise<string[]> {
    const unseen: string[] = [];
    for (const type of types) {
      if ((await page.locator(`${root} .block-${type}`).count()) === 0) unseen.push(type);
      for (const word of WORDS[type] ?? []) {
        const shown = page.locator(`${root} .block-${type}`).getByText(word, { exact: true });
        if (!(await shown.first().isVisible())) unseen.push(`${type}: ${word}`);
      }
    }
    return unseen;
  }

  /** Ids of blocks whose element is not there: the last ones of the gallery, in their order. */
  function undrawnElements(page: Page, root: string, surface: Surface): Promise<string[]> {
    const wanted = elementsOn(surface).map(({ block, shownAs }) => ({ id: block.block_id, shownAs }));
    return page.locator(`${root} .block`).evaluateAll((blocks, elements) => {
      const shown = blocks.slice(-elements.length);
      return elements.filter(({ shownAs }, index) => !shown[index]?.querySelector(shownAs)).map(({ id }) => id);
    }, wanted);
  }
});

describe("a message", () => {
  it("shows its files, attachments and reactions, and that it was edited", async () => {
    const page = await visit.open("dana", "private-oncall");
    await uploaded("A picture");
    const picture = page.getByRole("img", { name: "A picture" });
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((image) => "naturalWidth" in image && image.naturalWidth)).toBe(8);

    const attachments = [
      { color: "#aa3377", title: "Attached title", text: "an *attached* text", blocks: [section("An attached block")] },
    ];
    const message = page.locator(await post({ text: "With more", attachments }));
    for (const words of ["Attached title", "attached", "An attached block"]) {
      await message.locator(".attachment").getByText(words, { exact: true }).waitFor();
    }

    const { channel, ts } = await posted({ text: "first" });
    await web.chat.update({ channel, ts, text: "then" });
    await web.reactions.add({ channel, timestamp: ts, name: "eyes" });
    await page.reload();
    const edited = page.locator(cssOf(ts));
    await edited.getByText("then", { exact: true }).waitFor();
    await edited.getByText("(edited)").waitFor();
    await edited.locator(".reaction").getByText("👀 1").waitFor();
  });

  it("has a data table that is sorted, and has pages", async () => {
    const page = await visit.open("dana", "private-oncall");
    const message = page.locator(await post({ text: "A table", blocks: [dataTable()] }));
    const names = () => message.getByRole("rowheader").allTextContents();
    await message.getByRole("button", { name: "Took" }).click();
    await expect.poll(names).toEqual(["ten", "nine"]);
    await message.getByRole("button", { name: "Next", exact: true }).click();
    await expect.poll(names).toEqual(["eleven"]);
  });

  it("has a menu that the keyboard walks in, which leaves the focus where it was", async () => {
    const page = await visit.open("dana", "private-oncall");
    const options = ["one", "two"].map((value) => ({ text: plain(`Option ${value}`), value }));
    const elements = [{ type: "overflow", action_id: "menu", options }];
    const message = page.locator(await post({ text: "A menu", blocks: [{ type: "actions", elements }] }));
    const button = message.getByRole("button", { name: "More actions" });
    await button.click();
    await focusOn(page.getByRole("menuitem", { name: "Option one" }));
    await page.keyboard.press("ArrowDown");
    await focusOn(page.getByRole("menuitem", { name: "Option two" }));
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
    await focusOn(button);
  });

  it("asks before what cannot be undone, and leaves the focus where it was", async () => {
    const page = await visit.open("dana", "private-oncall");
    const confirm = {
      title: plain("Really?"),
      text: mrkdwn("It *ends*."),
      confirm: plain("End it"),
      deny: plain("No"),
    };
    const elements = [{ type: "button", action_id: "end", text: plain("Danger"), style: "danger", confirm }];
    const message = page.locator(await post({ text: "Danger", blocks: [{ type: "actions", elements }] }));
    const danger = message.getByRole("button", { name: "Danger" });
    await danger.click();
    await page.getByRole("dialog", { name: "Really?" }).getByRole("button", { name: "No" }).click();
    await focusOn(danger);
  });

  it("that cannot be drawn is shown raw, and the others stay", async () => {
    const page = await visit.open("dana", "private-oncall");
    const chart = await post({ text: "A chart", blocks: [barChart()] });
    const other = await post({ text: "Another message" });
    const broken = "export function chart() { throw new Error('no ink'); }";
    await page.route("**/charts.ts", (route) => route.fulfill({ contentType: "text/javascript", body: broken }));
    await page.reload();
    await page.locator(other).getByText("Another message").waitFor();
    expect(await page.locator(chart).count()).toBe(0);
    await page.getByText("A message, which this page cannot draw: Error: no ink").last().click();
    await page.getByText('"title": "A chart"').waitFor();
  });

  it("of very many pieces is drawn", async () => {
    const page = await visit.open("dana", "lounge");
    await type(page, ":fire: ".repeat(9_000));
    await type(page, `${"*b ".repeat(3_000)}${"*".repeat(3_000)}`);
    await type(page, "the end");
    await page.locator(".message").getByText("the end", { exact: true }).waitFor();
  });
});

interface Content {
  text: string;
  blocks?: object[];
  attachments?: object[];
}

/** Posts as the bot. @returns a CSS selector of the message. */
async function post(content: Content): Promise<string> {
  return cssOf((await posted(content)).ts);
}

async function posted(content: Content): Promise<{ channel: string; ts: string }> {
  const channel = visit.demo.stage.slack.workspace.channel("private-oncall").id;
  const { ts = "" } = await web.chat.postMessage({ channel, ...content });
  return { channel, ts };
}

function cssOf(ts: string): string {
  return `[id="channel-${ts}"]`;
}

/** Uploads a picture as the bot, with a message of its own. @returns the id of the file. */
async function uploaded(title: string): Promise<string> {
  const channel_id = visit.demo.stage.slack.workspace.channel("private-oncall").id;
  const answer = await web.filesUploadV2({ channel_id, filename: "square.png", title, file: PICTURE });
  return /F0\w+/.exec(JSON.stringify(answer))?.[0] ?? "";
}
