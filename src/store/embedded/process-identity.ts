import { readFileSync, readlinkSync } from "node:fs";
import { z } from "zod";

/**
 * Names one process for good: process ids alone are used again, and every container has a process 1. On Linux only.
 */
export const processIdentity = z.object({
  pid: z.number().int().positive(),
  /** Clock ticks from boot to its start. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
  startedAtTick: z.string(),
  pidNamespace: z.string(),
  bootId: z.string(),
});
export type ProcessIdentity = z.infer<typeof processIdentity>;

/** Of this process; `undefined` where the system does not tell. */
export function ownIdentity(): ProcessIdentity | undefined {
  try {
    const stat = readStat(process.pid);
    return { pid: process.pid, startedAtTick: stat.startedAtTick, ...surroundings() };
  } catch {
    return undefined;
  }
}

/** `unknown` when it belongs to another machine or container, or the system does not tell. */
export function livenessOf(identity: ProcessIdentity): "alive" | "dead" | "unknown" {
  try {
    const here = surroundings();
    if (here.bootId !== identity.bootId || here.pidNamespace !== identity.pidNamespace) return "unknown";
    if (!hasProcess(identity.pid)) return "dead";
    const stat = readStat(identity.pid);
    const isSameProcess = stat.startedAtTick === identity.startedAtTick;
    return isSameProcess && !["Z", "X"].includes(stat.state) ? "alive" : "dead";
  } catch {
    return "unknown";
  }
}

function surroundings() {
  return {
    pidNamespace: readlinkSync("/proc/self/ns/pid"),
    bootId: readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(),
  };
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

function readStat(pid: number): { state: string; startedAtTick: string } {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is the program's name in brackets and may hold blanks and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, startedAtTick] = [fields[0], fields[19]];
  if (state === undefined || startedAtTick === undefined) throw new Error(`/proc/${pid}/stat is not as documented`);
  return { state, startedAtTick };
}
