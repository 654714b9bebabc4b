import { WebClient } from "@slack/web-api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { gallery } from "./gallery.ts";
import { openVisit, type, type Visit } from "./visit.ts";

const SQUARE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEElEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC",
  "base64",
);

/** What of the gallery is to be read, by the type of the block. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  header: ["Header"],
  section: ["bold", "strike", "code", "link", "quoted", "pre <b>", "Right", "Inside"],
  context: ["@dana", "and plain"],
  image: ["Image title"],
  actions: ["Plain", "Primary", "Danger", "Link"],
  input: ["In a message", "A hint"],
  rich_text: ["bold", "bullet", "third", "quoted", "@here"],
  data_table: ["Figures by hour", "nine", "3 ms"],
  data_visualization: ["Failures an hour", "By cause", "Line", "Area"],
  markdown: ["Heading", "bold", "one", "quote", "pre"],
  table: ["Name", "wide", "7"],
  card: ["Card", "Subtitle", "Body", "Subtext", "On Card"],
  carousel: ["First", "On Second"],
  container: ["Container", "Inside"],
  plan: ["Plan", "● Task"],
  task_card: ["◐ Alone", "details"],
  context_actions: ["Good", "Bad"],
  video: ["A video"],
};

let visit: Visit;
beforeAll(async () => {
  visit = await openVisit({ width: 1180, height: 900, colours: "light" });
});
afterAll(() => visit.close());

it("every type of block and element that an app may send is drawn, files and edited messages too", async () => {
  const { slack } = visit.demo.stage;
  const web = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  const channel = slack.workspace.channel("private-oncall").id;
  const page = await visit.open("dana", "private-oncall");
  const uploaded = await web.filesUploadV2({
    channel_id: channel,
    filename: "square.png",
    title: "A picture",
    file: SQUARE,
  });
  const imageId = /F0\w+/.exec(JSON.stringify(uploaded))?.[0] ?? "";
  for (const { text, blocks } of gallery(imageId)) {
    await web.apiCall("chat.postMessage", { channel, text, blocks });
  }
  const { ts = "" } = await web.chat.postMessage({ channel, text: "first" });
  await web.chat.update({ channel, ts, text: "then" });

  await page.getByText("(edited)").waitFor();
  expect(await page.locator("mark, .alert.warning").allTextContents()).toEqual([]);
  expect(await page.getByRole("img", { name: "A picture" }).evaluate((image) => image.naturalWidth)).toBe(8);
  expect(await page.locator("svg[role=img]").count()).toBe(4);
  expect(visit.troubles.filter((trouble) => !trouble.includes("ERR_"))).toEqual([]);

  const drawn = page.locator(".message .block");
  const types = await drawn.evaluateAll((blocks) => blocks.map(({ className }) => className.replace("block ", "")));
  expect(new Set(types)).toEqual(new Set([...Object.keys(WORDS), "divider"]));
  const empty = await drawn.evaluateAll((blocks) =>
    blocks.filter(({ textContent }) => (textContent ?? "").trim() === "").map(({ className }) => className),
  );
  expect(empty).toEqual(["block divider"]);
  expect(await page.locator(".block.divider hr").count()).toBe(1);
  const unseen: string[] = [];
  for (const [type, words] of Object.entries(WORDS)) {
    for (const word of words) {
      const shown = page.locator(`.block.${type}`).getByText(word, { exact: true });
      if (!(await shown.first().isVisible())) unseen.push(`${type}: ${word}`);
    }
  }
  expect(unseen).toEqual([]);

  const table = page.getByRole("table", { name: "Figures by hour" });
  await table.getByRole("button", { name: "Took" }).click();
  expect(await table.getByRole("rowheader").allTextContents()).toEqual(["ten", "nine"]);
  await page.getByRole("button", { name: "Next", exact: true }).click();
  expect(await table.getByRole("rowheader").allTextContents()).toEqual(["eleven"]);

  await page.getByRole("button", { name: "More actions" }).click();
  await page.keyboard.press("ArrowDown");
  expect(await page.getByRole("menuitem", { name: "Option two" }).evaluate((one) => one.matches(":focus"))).toBe(true);
  await page.keyboard.press("Escape");

  expect(await page.getByRole("menu").count()).toBe(0);
  expect(await page.getByRole("button", { name: "More actions" }).evaluate((one) => one.matches(":focus"))).toBe(true);

  const danger = page.getByRole("button", { name: "Danger" });
  await danger.click();
  await page.getByRole("dialog", { name: "Really?" }).getByRole("button", { name: "No" }).click();
  expect(await danger.evaluate((one) => one.matches(":focus"))).toBe(true);
});

it("a message that cannot be drawn is shown raw, and the others stay", async () => {
  const page = await visit.open("dana", "private-oncall");
  await page.getByText("(edited)").waitFor();
  const broken = "export function chart() { throw new Error('no ink'); }";
  await page.route("**/charts.ts", (route) => route.fulfill({ contentType: "text/javascript", body: broken }));
  await page.reload();
  await page.getByText("A message, which this page cannot draw: Error: no ink").first().click();
  await page.getByText('"title": "Failures an hour"').waitFor();
  await page.getByText("(edited)").waitFor();
});

it("a text of very many pieces is drawn", async () => {
  const page = await visit.open("dana", "lounge");
  await type(page, ":fire: ".repeat(9_000));
  await type(page, `${"*b ".repeat(3_000)}${"*".repeat(3_000)}`);
  await type(page, "the end");
  await page.locator(".message").getByText("the end", { exact: true }).waitFor();
});
