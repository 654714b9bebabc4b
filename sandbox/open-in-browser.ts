import { spawn } from "node:child_process";

/** Opens an address where there is a desktop. Elsewhere, and where that fails, nothing happens: it was printed as well. */
export function openInBrowser(url: string, env: NodeJS.ProcessEnv = process.env, platform = process.platform): void {
  const command = opener(env, platform);
  if (command === undefined) return;
  const child = spawn(command, [url], { detached: true, stdio: "ignore" });
  child.on("error", () => undefined);
  child.unref();
}

/** The command that opens an address; `undefined` where there is no desktop. */
export function opener(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): "open" | "xdg-open" | undefined {
  if (platform === "darwin") return "open";
  const hasDesktop = [env.DISPLAY, env.WAYLAND_DISPLAY].some((display) => display !== undefined && display !== "");
  return hasDesktop ? "xdg-open" : undefined;
}
