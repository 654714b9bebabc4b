import { expect } from "vitest";
import { ConfigError, loadConfig } from "../../src/config.ts";

/** What is wrong with an environment, one line each; none where nothing is. */
export function faultsOf(env: Record<string, string | undefined>, needs: "bot" | "cli" = "bot"): readonly string[] {
  try {
    loadConfig(env, needs);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.message.split("\n")).toHaveLength(error.faults.length + 1);
    return error.faults;
  }
}
