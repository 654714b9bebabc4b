import { expect } from "vitest";
import { type InstanceHistory, readInstances } from "../../../src/providers/conductorone/history.ts";
import { auditRow, taskRow } from "../../../src/providers/conductorone/schema.ts";

/** Trails of a task in short words, and what is rebuilt from them. */

export const HOOK = "hook-1";
export const START = Date.parse("2026-11-21T09:00:00Z");
export const DAY_MS = 24 * 60 * 60_000;

export type Wire = Record<string, unknown>;

/** `P triggered 0` and the like: provisioning or approval, what, and after how many seconds; instance and error as wanted. */
export function audit(told: string, instance = "i1", error?: string): Wire {
  const [step, what = "", seconds] = told.split(" ");
  const atMs = START + Number(seconds) * 1000;
  const created = new Date(atMs).toISOString();
  const id = `audit ${told} ${instance}`;
  if (what === "provisionError") return { id, created, provisionError: { error: error ?? "it broke" } };
  const arm = `webhook${step === "A" ? "Approval" : ""}${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  return { id, created, [arm]: { webhookId: HOOK, webhookInstanceId: instance, ...(error ? { error } : {}) } };
}

export function rebuilt(audits: readonly Wire[], task: Wire = {}, callbackMs?: number): InstanceHistory[] {
  return readInstances({
    task: taskRow.parse({ id: "task-1", ...task }),
    audits: audits.map((row) => auditRow.parse(row)),
    callbackMsOf: () => callbackMs,
  }).histories;
}

export function one(audits: readonly Wire[], task: Wire = {}, callbackMs?: number): InstanceHistory {
  const [only, ...others] = rebuilt(audits, task, callbackMs);
  expect(others).toEqual([]);
  if (!only) throw new Error("nothing was rebuilt");
  return only;
}

export const at = (seconds: number) => new Date(START + seconds * 1000);
