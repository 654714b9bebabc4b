import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AnsweringApp, MODAL, openAnsweringApp } from "./answering-app.ts";
import { actions, button, section } from "./samples.ts";

let app: AnsweringApp;
beforeEach(async () => {
  app = await openAnsweringApp();
});
afterEach(() => app.close());

describe("a slash command", () => {
  it("arrives signed, with who asked, where and what", async () => {
    const receipt = await app.slack.sendCommand({ user: "dana", channel: "#ops", text: "failures last 24h" });
    expect(receipt.error).toBeUndefined();
    expect(app.lastPayload()).toMatchObject({
      command: "/hooks",
      text: "failures last 24h",
      user_name: "dana",
      channel_name: "ops",
    });
    expect(app.lastHeaders.get("x-slack-signature")).toMatch(/^v0=[0-9a-f]{64}$/);
    expect(app.lastHeaders.get("content-type")).toBe("application/x-www-form-urlencoded");
  });

  it("fails for the person when the app answers with an error", async () => {
    app.answer = { status: 500, body: "oh" };
    const receipt = await app.slack.sendCommand({ user: "dana", channel: "#ops", text: "" });
    expect(receipt.error).toBe("dispatch_failed");
    expect(app.slack.happenings.all).toMatchObject([{ kind: "notice", user: "U0DANA", error: "dispatch_failed" }]);
  });

  it.each([
    { user: "rex", channel: "#private-oncall", says: "rex is not in" },
    { user: "dana", channel: "#old", says: "archived" },
    { user: "nobody", channel: "#ops", says: "No person nobody" },
  ])("cannot be typed by $user in $channel", async ({ user, channel, says }) => {
    await expect(app.slack.sendCommand({ user, channel, text: "" })).rejects.toThrow(says);
  });
});

describe("a response URL", () => {
  it("takes five posts", async () => {
    const url = await app.responseUrl();
    for (let use = 1; use <= 5; use += 1) expect((await post(url, { text: `use ${use}` })).status).toBe(200);
    const sixth = await post(url, { text: "use 6" });
    expect([sixth.status, await sixth.text()]).toEqual([404, "used_url"]);
  });

  it("lives for thirty minutes", async () => {
    const url = await app.responseUrl();
    app.pass(30 * 60_000);
    expect((await post(url, { text: "late" })).status).toBe(200);
    app.pass(1);
    const late = await post(url, { text: "too late" });
    expect([late.status, await late.text()]).toEqual([404, "expired_url"]);
  });

  it("speaks to the asker alone unless told otherwise, even where the bot is not in", async () => {
    const url = await app.responseUrl("#secret");
    await post(url, { text: "for you" });
    await post(url, { text: "for all", response_type: "in_channel" });
    const said = app.slack.workspace.messagesIn(app.slack.workspace.channel("secret").id);
    expect(said).toMatchObject([{ text: "for you", ephemeralFor: "U0DANA" }, { text: "for all" }]);
    expect(said[1]).not.toHaveProperty("ephemeralFor");
  });

  it("replaces and deletes the message whose button was pressed", async () => {
    const { ts = "" } = await app.client.chat.postMessage({
      channel: "#ops",
      text: "a",
      blocks: [actions(button({ action_id: "a" }))],
    });
    await app.slack.pressButton({ user: "omar", channel: "#ops", messageTs: ts, actionId: "a" });
    const url = String(app.lastPayload().response_url);
    await post(url, { replace_original: true, text: "b" });
    expect(app.slack.workspace.messagesIn(app.slack.workspace.channel("ops").id)).toMatchObject([{ ts, text: "b" }]);
    await post(url, { delete_original: true });
    expect(app.slack.workspace.messagesIn(app.slack.workspace.channel("ops").id)).toEqual([]);
    expect((await post(url, { replace_original: true, text: "c" })).status).toBe(404);
  });

  it("refuses blocks that Slack refuses, without using itself up", async () => {
    const url = await app.responseUrl();
    const refused = await post(url, { blocks: [section("")] });
    expect([refused.status, await refused.text()]).toEqual([400, "invalid_blocks"]);
    for (let use = 1; use <= 5; use += 1) expect((await post(url, { text: "a" })).status).toBe(200);
  });
});

describe("a trigger id", () => {
  it("opens one view", async () => {
    const trigger_id = await app.trigger();
    expect(await app.client.views.open({ trigger_id, view: MODAL })).toMatchObject({
      ok: true,
      view: { type: "modal" },
    });
    await expect(app.client.views.open({ trigger_id, view: MODAL })).rejects.toMatchObject({
      data: { error: "exchanged_trigger_id" },
    });
  });

  it("lives for three seconds", async () => {
    const trigger_id = await app.trigger();
    app.pass(3001);
    await expect(app.client.views.open({ trigger_id, view: MODAL })).rejects.toMatchObject({
      data: { error: "expired_trigger_id" },
    });
    await expect(app.client.views.open({ trigger_id: "made.up", view: MODAL })).rejects.toMatchObject({
      data: { error: "invalid_trigger_id" },
    });
  });

  it("stacks three modals and no more", async () => {
    await app.client.views.open({ trigger_id: await app.trigger(), view: MODAL });
    await app.client.views.push({ trigger_id: await app.trigger(), view: MODAL });
    await app.client.views.push({ trigger_id: await app.trigger(), view: MODAL });
    await expect(app.client.views.push({ trigger_id: await app.trigger(), view: MODAL })).rejects.toMatchObject({
      data: { error: "push_limit_reached" },
    });
  });

  it("is not spent on a view that is refused", async () => {
    const trigger_id = await app.trigger();
    const view = { ...MODAL, blocks: [] };
    await expect(app.client.views.open({ trigger_id, view })).rejects.toMatchObject({
      data: { error: "invalid_arguments" },
    });
    expect(await app.client.views.open({ trigger_id, view: MODAL })).toMatchObject({ ok: true });
  });
});

it("updates a view only over the hash that was seen", async () => {
  const { view } = await app.client.views.open({ trigger_id: await app.trigger(), view: MODAL });
  const view_id = view?.id ?? "";
  await app.client.views.update({ view_id, hash: view?.hash ?? "", view: MODAL });
  await expect(app.client.views.update({ view_id, hash: view?.hash ?? "", view: MODAL })).rejects.toMatchObject({
    data: { error: "hash_conflict" },
  });
});

it("tells of a press in an ephemeral message without the message", async () => {
  const blocks = [actions(button({ action_id: "a", value: "v" }))];
  const url = await app.responseUrl();
  await post(url, { text: "a", blocks });
  const [message] = app.slack.workspace.messagesIn(app.slack.workspace.channel("ops").id);
  await app.slack.pressButton({ user: "dana", channel: "#ops", messageTs: message?.ts ?? "", actionId: "a" });
  expect(app.lastPayload()).toMatchObject({
    container: { is_ephemeral: true },
    actions: [{ action_id: "a", value: "v" }],
  });
  expect(app.lastPayload()).not.toHaveProperty("message");
  await expect(
    app.slack.pressButton({ user: "omar", channel: "#ops", messageTs: message?.ts ?? "", actionId: "a" }),
  ).rejects.toThrow("does not see");
});

function post(url: string, body: object): Promise<Response> {
  return fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}
