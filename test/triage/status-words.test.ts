import { expect, it } from "vitest";
import { statusInWords } from "../../src/triage/status-words.ts";

it.each([
  ["WEBHOOK_STATE_FATAL_ERROR", "fatal error"],
  ["WEBHOOK_STATE_WAITING_CALLBACK", "waiting callback"],
  ["AUTOMATION_EXECUTION_STATE_ERROR", "error"],
  ["WEBHOOK_STATE_", "WEBHOOK_STATE_"],
  ["circuit_broken", "circuit_broken"],
  ["terminated", "terminated"],
  ["", ""],
])("a status %j reads %j", (status, words) => {
  expect(statusInWords(status)).toBe(words);
});
