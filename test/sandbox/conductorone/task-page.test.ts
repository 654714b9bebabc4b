import { expect, it } from "vitest";
import { everyPost, objectAt, startAsking } from "./ask.ts";

it("a task has a page by its number and by its id, that tells who has it now, and no other has one", async () => {
  const asking = await startAsking();
  const views = await everyPost(asking, "/api/v1/search/tasks", { taskStates: ["TASK_STATE_OPEN"] });
  const tasks = views.map((view) => objectAt(view, "task"));
  const left = tasks.find((task) => JSON.stringify(task).includes("reassignedByError"));
  const page = await asking.get(`/task/${left?.numericId}`, {});
  expect(page.status).toBe(200);
  expect(page.text).toContain(`Access request ${left?.numericId}: ${left?.displayName}`);
  expect(page.text).toMatch(/provisioning by the webhook .+: failed, /);
  expect(page.text).toMatch(/provisioning by hand: under way/);
  expect((await asking.get(`/task/${left?.id}`, {})).text).toBe(page.text);
  expect((await asking.get("/task/1", {})).status).toBe(404);
  await asking.c1.close();
});
