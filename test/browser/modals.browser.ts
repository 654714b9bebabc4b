import { serve } from "@hono/node-server";
import { WebClient } from "@slack/web-api";
import { Hono } from "hono";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listOf } from "../../sandbox/slack/validate/rule.ts";
import { actions, button, input, plain, section, select } from "../sandbox/slack/samples.ts";
import { openVisit, type Visit } from "./visit.ts";

/** What Slack sends to the app, as far as these tests look at it. */
interface Payload {
  type: string;
  is_cleared?: boolean;
  actions?: Record<string, unknown>[];
  view: { id: string; callback_id: string; state: { values: Record<string, Record<string, Record<string, unknown>>> } };
}

let visit: Visit;
let web: WebClient;
let page: Page;
let server: ReturnType<typeof serve>;
/** All that came, and what the app answers. */
const came: Payload[] = [];
let answer: (payload: Payload) => unknown = () => undefined;

beforeAll(async () => {
  visit = await openVisit({ width: 1000, height: 900, colours: "light" });
  const { slack } = visit.demo.stage;
  web = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  const app = new Hono().post("/", async (c) => {
    const payload: Payload = JSON.parse(String((await c.req.parseBody()).payload));
    came.push(payload);
    const told = await answer(payload);
    return told === undefined ? c.body("") : c.json(told);
  });
  server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise<void>((resolve) => server.once("listening", () => resolve()));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  slack.setReceiver({ url: `http://127.0.0.1:${address.port}/` });
});
afterAll(async () => {
  await visit.close();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(async () => {
  came.length = 0;
  answer = () => undefined;
  page = await visit.open("dana", "lounge");
});
afterEach(async () => {
  await visit.demo.stage.slack.closeView({ user: "dana", isWhole: true });
  // What the sandbox refuses is told by the browser as an error too.
  expect(visit.troubles.splice(0).filter((trouble) => !trouble.includes("400"))).toEqual([]);
});

function modal(title: string, blocks: object[], more: object = {}): object {
  return { type: "modal", title: plain(title), submit: plain("Go"), callback_id: title, blocks, ...more };
}

async function show(method: "views.open" | "views.push" | "views.update", view: object, view_id?: string) {
  const trigger_id = visit.demo.stage.slack.tickets.giveTrigger({ user: "U0DANA" });
  await web.apiCall(method, { trigger_id, view, ...(view_id === undefined ? {} : { view_id }) });
}

function form(title: string): Locator {
  return page.getByRole("dialog", { name: title });
}

function valuesIn({ view }: Payload): Record<string, unknown>[] {
  return Object.values(view.state.values).flatMap((block) => Object.values(block));
}

async function last(type: string): Promise<Payload> {
  await expect.poll(() => came.at(-1)?.type).toBe(type);
  const [payload] = came.slice(-1);
  if (payload === undefined) throw new Error("nothing came");
  return payload;
}

const FIELD = (label: string, element: object = {}, more: object = {}) =>
  input(element, { label: plain(label), ...more });
const CHOICES = ["a", "b"].map((value) => ({ text: plain(`Choice ${value}`), value }));

describe("a form", () => {
  it("keeps inputs without ids apart, and takes what is chosen beside a text", async () => {
    await show(
      "views.open",
      modal("Nameless", [
        FIELD("First"),
        FIELD("Two :fire:"),
        FIELD("When", { type: "datetimepicker", initial_date_time: Date.parse("2026-11-20T15:14:00Z") / 1000 }),
        section("Which", { accessory: select({ options: CHOICES, placeholder: plain("Which one") }) }),
      ]),
    );
    const nameless = form("Nameless");
    expect(await nameless.getByLabel("When").inputValue()).toBe("2026-11-20T16:14");
    await nameless.getByLabel("First").fill("first");
    await nameless.getByLabel("Two 🔥").fill("second");
    await nameless.getByLabel("When").fill("2026-11-21T09:00");
    await nameless.getByLabel("Which one").selectOption("Choice b");
    await last("block_actions");
    await nameless.getByRole("button", { name: "Go" }).click();
    expect(valuesIn(await last("view_submission"))).toMatchObject([
      { value: "first" },
      { value: "second" },
      { selected_date_time: Date.parse("2026-11-21T08:00:00Z") / 1000 },
      { selected_option: { value: "b" } },
    ]);
    await nameless.waitFor({ state: "detached" });
  });

  it("is held back while something in it is not what the field asks for", async () => {
    await show(
      "views.open",
      modal("Held back", [
        FIELD("Address", { type: "email_text_input" }),
        FIELD("Number", { type: "number_input", is_decimal_allowed: false, max_value: "5" }),
        FIELD("Long", { min_length: 4 }, { optional: true }),
      ]),
    );
    const held = form("Held back");
    const go = held.getByRole("button", { name: "Go" });
    await held.getByLabel("Address").fill("nobody");
    await held.getByLabel("Number").fill("9");
    await held.getByLabel("Long").fill("abc");
    await go.click();
    await expect.poll(() => held.getByRole("alert").count()).toBe(3);
    expect(await held.getByLabel("Address").evaluate((field) => field.matches(":focus"))).toBe(true);
    await held.getByLabel("Address").fill("dana@example.com");
    await held.getByLabel("Number").fill("5");
    await held.getByLabel("Long").fill("");
    await go.click();
    expect(valuesIn(await last("view_submission"))).toMatchObject([
      { value: "dana@example.com" },
      { value: "5" },
      { value: null },
    ]);
    expect(came).toHaveLength(1);
  });

  it("tells the app of what is typed on Enter, unless it asks for every character", async () => {
    const every = { dispatch_action_config: { trigger_actions_on: ["on_character_entered"] } };
    await show(
      "views.open",
      modal("Told", [
        FIELD("Seldom", {}, { dispatch_action: true }),
        FIELD("Always", every, { dispatch_action: true }),
      ]),
    );
    await form("Told").getByLabel("Seldom").fill("words");
    await form("Told").getByLabel("Seldom").press("Enter");
    expect(await last("block_actions")).toMatchObject({ actions: [{ type: "plain_text_input", value: "words" }] });
    expect(came).toHaveLength(1);
    await form("Told").getByLabel("Always").pressSequentially("ab");
    await expect.poll(() => came.map(({ actions: [used] = [] }) => used?.value)).toEqual(["words", "a", "ab"]);
  });

  it("says what the sandbox cannot fill in, in place of a field that would do nothing", async () => {
    const initial_options = CHOICES.slice(0, 1);
    await show(
      "views.open",
      modal("Not here", [
        FIELD("From the app", { type: "multi_external_select", initial_options }),
        FIELD("A file", { type: "file_input" }, { optional: true }),
      ]),
    );
    await form("Not here").getByText("Choice a. The sandbox asks no app for options").waitFor();
    await form("Not here").getByText("The sandbox takes no files from people.").waitFor();
    await form("Not here").getByRole("button", { name: "Go" }).click();
    expect(valuesIn(await last("view_submission"))).toMatchObject([
      { selected_options: initial_options },
      { files: [] },
    ]);
  });

  it("says in itself why it cannot be sent", async () => {
    const choice = (options: object[]) => [
      FIELD("Which", { ...select({ options }), action_id: "which" }, { block_id: "which" }),
      actions(button({ text: plain("Other choices") })),
    ];
    answer = ({ view }) => show("views.update", modal("Stale", choice(CHOICES.slice(0, 1))), view.id);
    await show("views.open", modal("Stale", choice(CHOICES)));
    await form("Stale").getByLabel("Which").selectOption("Choice b");
    await form("Stale").getByRole("button", { name: "Other choices" }).click();
    await expect.poll(() => form("Stale").getByRole("option", { name: "Choice b" }).count()).toBe(0);
    await form("Stale").getByRole("button", { name: "Go" }).click();
    await form("Stale").getByRole("alert").filter({ hasText: "The form is not sent: Which is empty." }).waitFor();
    expect(await page.locator("p.trouble").count()).toBe(0);
    await form("Stale").getByLabel("Which").selectOption("Choice a");
    await form("Stale").getByRole("button", { name: "Go" }).click();
    await last("view_submission");
  });
});

describe("forms on top of each other", () => {
  const FIRST = modal("First", [FIELD("Words"), actions(button({ text: plain("More") }))], { notify_on_close: true });
  const SECOND = modal("Second", [FIELD("More words")], { notify_on_close: true });

  beforeEach(async () => {
    answer = ({ type }) => (type === "block_actions" ? show("views.push", SECOND) : undefined);
    await show("views.open", FIRST);
    await form("First").getByLabel("Words").fill("kept");
    await form("First").getByRole("button", { name: "More" }).click();
    await form("Second").waitFor();
    expect(valuesIn(await last("block_actions"))).toMatchObject([{ value: "kept" }]);
  });

  it("what was typed is there again after Back", async () => {
    await form("Second").getByRole("button", { name: "Back" }).click();
    expect(await last("view_closed")).toMatchObject({ is_cleared: false, view: { callback_id: "Second" } });
    expect(await form("First").getByLabel("Words").inputValue()).toBe("kept");
    await form("First").getByRole("button", { name: "Go" }).click();
    expect(valuesIn(await last("view_submission"))).toMatchObject([{ value: "kept" }]);
  });

  it("× closes them all, and the app hears of the first", async () => {
    await form("Second").getByRole("button", { name: "Close", exact: true }).click();
    expect(await last("view_closed")).toMatchObject({ is_cleared: true, view: { callback_id: "First" } });
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  });

  it.each([
    ["update", () => ({ response_action: "update", view: modal("Third", [section("Changed")]) }), "Third"],
    ["push", () => ({ response_action: "push", view: modal("Third", [section("On top")]) }), "Third"],
    ["errors", ({ view }: Payload) => ({ response_action: "errors", errors: errorIn(view.id) }), "Second"],
    ["clear", () => ({ response_action: "clear" }), undefined],
    ["nothing", () => undefined, "First"],
  ])("an answer with %s is drawn", async (_action, told, shown) => {
    answer = told;
    await form("Second").getByLabel("More words").fill("x");
    await form("Second").getByRole("button", { name: "Go" }).click();
    const titles = () => page.getByRole("dialog").getByRole("heading").allTextContents();
    await last("view_submission");
    await expect.poll(titles).toEqual(shown === undefined ? [] : [shown]);
    if (shown !== "Second") return;
    await form("Second").getByRole("alert").filter({ hasText: "Not so" }).waitFor();
    expect(await form("Second").getByLabel("More words").getAttribute("aria-invalid")).toBe("true");
  });

  /** The first input of the view, by the name that Slack gave it. */
  function errorIn(viewId: string): Record<string, string> {
    const [block] = listOf(visit.demo.stage.slack.workspace.views.get(viewId)?.content.blocks);
    return { [Object(block).block_id]: "Not so" };
  }
});
