import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");

/**
 * Which rooms a room may import from, itself aside. A room is a folder or a file below `src/`; the longest name that fits a
 * file is its room.
 */
const ARROWS: Record<string, readonly string[]> = {
  triage: [],
  // `config/read` is how a variable is read: a provider's folder reads its own with it, so that a new one brings them along.
  "config/read": ["triage"],
  // Whose variables there are the registry says. Of the providers themselves config knows nothing.
  config: ["triage", "config/read", "providers/registry"],
  ops: ["triage"],
  providers: ["triage", "config/read", "ops"],
  "providers/registry": ["providers", "triage", "ops"],
  store: ["triage", "config", "ops"],
  collect: ["providers", "store", "triage", "config", "ops"],
  jobs: ["collect", "store", "triage", "config", "ops"],
  "slack/blocks": ["triage"],
  "slack/views": ["triage", "slack/blocks", "slack/button-values"],
  "slack/button-values": ["triage", "slack/blocks"],
  slack: ["collect", "store", "triage", "config", "ops", "slack/views", "slack/blocks", "slack/button-values"],
  "cli/views": ["triage"],
  cli: ["collect", "store", "triage", "config", "ops", "cli/views"],
  "cli/main": ["*"],
  main: ["*"],
};

/** Only types may come from these: they carry no behaviour across the house. */
const TYPES_ONLY: Record<string, readonly string[]> = {
  config: ["providers"],
  store: ["config", "providers"],
  slack: ["config", "providers"],
  cli: ["config", "providers"],
};

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const statements = text.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?([^;"']*?)from\s+"(\.[^"]+)"|\bimport\("(\.[^"]+)"\)/gm,
  );
  return [...statements].map(([, type, names, from, dynamic]) => ({
    from: relative(ROOT, file),
    to: relative(ROOT, resolve(dirname(file), from ?? dynamic ?? "")),
    typeOnly: type !== undefined || isAllTypes(names ?? ""),
  }));
}

function isAllTypes(names: string): boolean {
  const listed = /\{([^}]*)\}/.exec(names)?.[1] ?? "";
  const parts = listed
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  return parts.length > 0 && parts.every((part) => part.startsWith("type "));
}

function roomOf(path: string): string {
  const inner = path.replace(/^src\//, "").replace(/\.ts$/, "");
  const rooms = Object.keys(ARROWS).filter((room) => inner === room || inner.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? inner;
}

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const [fromRoom, toRoom] = [roomOf(from), roomOf(to)];
  const allowed = ARROWS[fromRoom] ?? [];
  const types = typeOnly ? (TYPES_ONLY[fromRoom] ?? []) : [];
  return fromRoom === toRoom || allowed.includes("*") || allowed.includes(toRoom) || types.includes(toRoom);
}

const files = filesBelow(join(ROOT, "src"));

describe("the import arrows", () => {
  it("know every room", () => {
    const strangers = files.map((file) => roomOf(relative(ROOT, file))).filter((room) => !(room in ARROWS));
    expect(strangers).toEqual([]);
  });

  it("point only where the design lets them", () => {
    const wrong = files.flatMap(importsOf).filter((entry) => entry.to.startsWith("src/") && !isAllowed(entry));
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it("lead into a provider's folder from the registry alone", () => {
    const folderOf = (path: string) => /^src\/providers\/(\w+)\//.exec(path)?.[1];
    const entering = files
      .flatMap(importsOf)
      .filter(({ from, to }) => folderOf(to) !== undefined && folderOf(to) !== folderOf(from));
    const ways = entering.map(({ from, to }) => `${from} imports ${to.replace(/^src\/providers\/\w+\//, "")}`);
    expect([...new Set(ways)]).toEqual(["src/providers/registry.ts imports definition.ts"]);
  });

  it("never lead from the product to the sandbox, the benchmarks or the tests", () => {
    const wrong = files
      .flatMap(importsOf)
      .filter((entry) => !entry.to.startsWith("src/") && entry.to !== "package.json");
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it("keep I/O out of the domain", () => {
    const io = /from "node:(?!crypto|http")[^"]*"|\bfetch\(|Date\.now\(|new Date\(\)/;
    const wrong = filesBelow(join(ROOT, "src/triage")).filter((file) => io.test(readFileSync(file, "utf8")));
    expect(wrong.map((file) => relative(ROOT, file))).toEqual([]);
  });
});
