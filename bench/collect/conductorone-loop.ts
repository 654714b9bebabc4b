import { createConductorOneClient } from "../../src/providers/conductorone/client.ts";
import { readTrail } from "../../src/providers/conductorone/trail.ts";
import { type Account, type Reading, takeNotes } from "./contest.ts";
import { judge } from "./marks.ts";

/** Every task and its audit trail, then every execution of automations: each call awaited before the next. */
export async function readTaskByTask(account: Account): Promise<Reading> {
  const { time, line, settings, window, truth } = account;
  if (!settings.conductorone) throw new Error("There is no ConductorOne to ask.");
  const client = createConductorOneClient(settings.conductorone, { clock: time });
  const options = { signal: new AbortController().signal };
  const notes = takeNotes(account);
  for await (const { rows } of client.taskPages({}, options)) {
    for (const { id } of rows) {
      for await (const audits of client.auditPages(id, options)) {
        for (const { instanceId } of readTrail(audits.rows).events) notes.read(instanceId);
      }
    }
  }
  for await (const { rows } of client.executionPages({}, options)) for (const { id } of rows) notes.read(id);
  const completeMs = time.now().getTime() - window.to.getTime();
  return { requests: { ...line.counts }, marks: judge(truth, notes.told()), usefulMs: notes.usefulMs, completeMs };
}
