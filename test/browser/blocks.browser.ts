import { WebClient } from "@slack/web-api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { gallery } from "./gallery.ts";
import { openVisit, type Visit } from "./visit.ts";

const SQUARE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEElEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC",
  "base64",
);

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

  const table = page.getByRole("table", { name: "Figures by hour" });
  await table.getByRole("button", { name: "Took" }).click();
  expect(await table.getByRole("rowheader").allTextContents()).toEqual(["ten", "nine"]);
  await page.getByRole("button", { name: "Next", exact: true }).click();
  expect(await table.getByRole("rowheader").allTextContents()).toEqual(["eleven"]);

  await page.getByRole("button", { name: "More actions" }).click();
  await page.keyboard.press("ArrowDown");
  expect(await page.getByRole("menuitem", { name: "Option two" }).evaluate((one) => one.matches(":focus"))).toBe(true);
  await page.keyboard.press("Escape");

  const danger = page.getByRole("button", { name: "Danger" });
  await danger.click();
  await page.getByRole("dialog", { name: "Really?" }).getByRole("button", { name: "No" }).click();
  expect(await danger.evaluate((one) => one.matches(":focus"))).toBe(true);
});
