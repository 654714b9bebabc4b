import { expect, it } from "vitest";
import { opener } from "../../sandbox/open-in-browser.ts";

it.each([
  [{}, "linux", undefined],
  [{ DISPLAY: "" }, "linux", undefined],
  [{ DISPLAY: ":0" }, "linux", "xdg-open"],
  [{ WAYLAND_DISPLAY: "wayland-0" }, "linux", "xdg-open"],
  [{}, "darwin", "open"],
] as const)("with %j on %s an address is opened by %s", (env, platform, command) => {
  expect(opener(env, platform)).toBe(command);
});
