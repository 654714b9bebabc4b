import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoClock, startDemoClock } from "../../../sandbox/page/demo-clock.ts";
import { type RunningPage, startPage } from "../../../sandbox/page/server.ts";
import { openStage, type Stage } from "../../../sandbox/stage.ts";
import { type Audience, attend } from "./audience.ts";

/** Ten to nine in Berlin. */
const STARTS_AT = new Date("2026-11-19T07:50:00Z");

let clock: DemoClock;
let stage: Stage;
let page: RunningPage;
const attending: Audience[] = [];
beforeAll(async () => {
  clock = startDemoClock(STARTS_AT);
  stage = await openStage({ now: clock.now, queueClock: clock.queueClock });
  page = await startPage({ stage, clock });
});
afterAll(async () => {
  for (const audience of attending) audience.leave();
  await page.close();
  await stage.close();
  clock.stop();
});

async function sitDown(as: string): Promise<Audience> {
  const audience = await attend(page.url, as);
  attending.push(audience);
  return audience;
}

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const json = { "content-type": "application/json", ...headers };
  return fetch(page.url + path, { method: "POST", headers: json, body: JSON.stringify(body) });
}

function channelId(name: string): string {
  return stage.slack.workspace.channel(name).id;
}

describe("the page's files", () => {
  it("are all there: every script finds what it imports, without a type left in it", async () => {
    const seen = new Set<string>();
    const open = ["/page/client/main.ts"];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const response = await fetch(page.url + path);
      expect([path, response.status]).toEqual([path, 200]);
      const imports = [...(await response.text()).matchAll(/^import (?!type)[^"]*"(\.[^"]+)"/gm)];
      for (const [, to = ""] of imports) open.push(new URL(to, page.url + path).pathname);
    }
    expect(seen.size).toBeGreaterThan(20);
  });

  it.each([
    "/page/server.ts",
    "/slack/server.ts",
    "/page/client/../server.ts",
    "/page/client/tsconfig.json",
    "/main.ts",
  ])("and nothing else is: %s", async (path) => {
    expect((await fetch(page.url + path)).status).toBe(404);
  });

  it("let no script run but their own", async () => {
    const { headers } = await fetch(page.url);
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self' 'sha256-[^ ]+';/);
  });

  it("have the commands for curl beside them", async () => {
    expect(await (await fetch(`${page.url}/curl`)).text()).toContain(`${stage.slack.url}/sandbox/command`);
  });
});

describe("acts", () => {
  it.each([
    [{ as: "dana" }, /act/],
    [{ as: "dana", act: "type", channel: "ops", text: "" }, /text/],
    [{ as: "dana", act: "dance" }, /act/],
    [{ as: "nobody", act: "close" }, /No person nobody/],
    [{ as: "rex", act: "type", channel: "secret", text: "hi" }, /rex is not in #secret/],
    [{ as: "dana", act: "type", channel: "old", text: "/hooks" }, /archived/],
    [{ as: "dana", act: "press", channel: "ops", messageTs: "1.0", blockId: "b", actionId: "a" }, /No message 1\.0/],
  ])("that nobody could do are refused, and why: %j", async (act, why) => {
    const response = await post("/page/acts", act);
    expect([response.status, await response.text()]).toEqual([400, expect.stringMatching(why)]);
  });

  it("of other pages are refused", async () => {
    const act = { as: "dana", act: "close" };
    const statuses = [
      (await post("/page/acts", act, { origin: "https://evil.example" })).status,
      (await post("/page/acts", act, { "content-type": "text/plain" })).status,
      await statusUnderAnotherName(),
      (await post("/page/acts", act)).status,
    ];
    expect(statuses).toEqual([403, 403, 403, 200]);
  });

  /** Whoever can make a name lead to this machine. */
  function statusUnderAnotherName(): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const asked = request(page.url, { headers: { host: "evil.example" } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on("error", reject).end();
    });
  }
});

describe("what a person sees", () => {
  it("is the workspace through their eyes", async () => {
    const dana = await (await sitDown("dana")).scene();
    const rex = await (await sitDown("rex")).scene();
    expect(dana.channels.map(({ name }) => name)).toEqual(expect.arrayContaining(["ops", "secret", "vendors"]));
    expect(rex.channels.map(({ name }) => name)).toEqual(["vendors"]);
    expect(rex.me.kind).toBe("other organisation");
    expect(dana.commands[0]?.examples.map(({ text }) => text)).toContain("/hooks failures last 24h");
  });

  it("comes as it happens, and what is for one alone comes to that one", async () => {
    const dana = await sitDown("dana");
    const omar = await sitDown("omar");
    await Promise.all([dana.scene(), omar.scene()]);
    await post("/page/acts", { as: "dana", act: "type", channel: channelId("ops"), text: "/hooks help" });
    const { message } = await dana.next("message", (event) => event.message.isEphemeral);
    expect(message.blocks.length).toBeGreaterThan(0);
    await post("/page/acts", { as: "dana", act: "type", channel: channelId("ops"), text: "<b>hello</b>" });
    const said = await omar.next("message");
    expect(said.message).toMatchObject({ text: "&lt;b&gt;hello&lt;/b&gt;", isEphemeral: false, isBot: false });
  });

  it("tells of commands that are none, and of commands in threads", async () => {
    const dana = await sitDown("dana");
    await dana.scene();
    const line = { as: "dana", act: "type", channel: channelId("lounge") };
    await post("/page/acts", { ...line, text: "/hoks" });
    await post("/page/acts", { ...line, text: "/hooks", threadTs: "1.000000" });
    const about = async (error: string) => (await dana.next("told", ({ told }) => told.error === error)).told;
    expect(await about("unknown_command")).toMatchObject({ kind: "notice", about: "/hoks" });
    expect(await about("not_in_threads")).toMatchObject({ kind: "notice", about: "/hooks", threadTs: "1.000000" });
    const again = await (await sitDown("dana")).scene();
    expect(again.told.map(({ error }) => error)).toEqual(expect.arrayContaining(["unknown_command", "not_in_threads"]));
    expect((await (await sitDown("omar")).scene()).told.filter(({ kind }) => kind === "notice")).toEqual([]);
  });
});

describe("the story", () => {
  it("breaks and heals an endpoint, and tells what fails", async () => {
    const dana = await sitDown("dana");
    const { story } = await dana.scene();
    const webhook = story.providers[0]?.webhooks.find(({ failing }) => failing.length === 0);
    const fields = { webhookId: webhook?.id ?? "", cause: "endpoint-410-gone" };
    await post("/page/story", { act: "provider", provider: "zendesk", handle: "break", fields });
    const failingAt = (name: string) => (event: { story: typeof story }) =>
      event.story.providers.some(({ webhooks }) => webhooks.some((one) => one.name === name && one.failing.length > 0));
    await dana.next("story", failingAt(webhook?.name ?? ""));
    const wrong = await post("/page/story", { act: "provider", provider: "zendesk", handle: "break", fields: {} });
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining("webhookId")]);
  });

  it("refuses blocks of a type with a pointer to each, as a workspace does that does not know them", async () => {
    const dana = await sitDown("dana");
    await dana.scene();
    await post("/page/story", { act: "refuse_blocks", types: ["data_table"] });
    await post("/page/acts", { as: "dana", act: "type", channel: channelId("ops"), text: "/hooks webhooks" });
    const { told } = await dana.next("told", (event) => event.told.error === "invalid_blocks");
    await post("/page/story", { act: "refuse_blocks", types: [] });
    expect(told).toMatchObject({
      kind: "refused",
      method: "chat.postMessage",
      faults: [{ pointer: "/blocks/2/type", part: { type: "data_table" } }],
    });
  });

  it("does one thing after another: a bot that is started twice is started once", async () => {
    const dana = await sitDown("dana");
    await dana.scene();
    const { count } = stage.slack.sockets;
    await post("/page/story", { act: "stop_bot" });
    const started = await Promise.all([1, 2].map(() => post("/page/story", { act: "start_bot" })));
    expect(started.map(({ status }) => status)).toEqual([200, 200]);
    expect(stage.slack.sockets.count).toBe(count);
  });

  it("tells what is still to go wrong", async () => {
    const dana = await sitDown("dana");
    await dana.scene();
    await post("/page/story", { act: "expire_trigger" });
    const { story } = await dana.next("story", (event) => event.story.armed.length > 0);
    expect(story.armed).toEqual(["The next form comes too late."]);
    stage.slack.faults.takeFailure("views.open");
  });

  it("moves to the next digest once, and sets one up in #ops where none can be", async () => {
    const dana = await sitDown("dana");
    const user = (await dana.scene()).me.id;
    const act = { act: "next_digest", user, channel: channelId("old") };
    const pressed = await Promise.all([post("/page/story", act), post("/page/story", act)]);
    expect(pressed.map(({ status }) => status).sort()).toEqual([200, 400]);
    // It is there by then.
    const posted = stage.slack.workspace.messagesIn(channelId("ops"));
    expect(posted.filter(({ metadata }) => metadata?.event_type === "hooktriage_digest")).toHaveLength(1);
    const { story } = await dana.next("story", (event) => event.story.now.startsWith("2026-11-19T08:00"));
    expect(story.nextDigest).toEqual({ at: "2026-11-20T08:00:00.000Z", channel: channelId("ops") });
    await dana.next("message", ({ message }) => /digest/i.test(message.text) && !message.isEphemeral);
  });
});
