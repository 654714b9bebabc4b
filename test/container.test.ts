import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { startHealthServer } from "../src/ops/health.ts";
import { createMetrics } from "../src/ops/metrics.ts";
import { redactText } from "../src/triage/redact.ts";
import { freePort } from "./ports.ts";

const ROOT = join(import.meta.dirname, "..");
/** How compose.yml takes it from the environment. */
const PASSWORD = `\${POSTGRES_PASSWORD:-change-me}`;
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

interface Instruction {
  word: string;
  rest: string;
}

/** The instructions of a Dockerfile, comments left out and broken lines joined. */
function instructionsOf(text: string): Instruction[] {
  return text
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => ({ word: line.split(" ", 1)[0] ?? "", rest: line.slice(line.indexOf(" ") + 1).trim() }));
}

const dockerfile = instructionsOf(read("Dockerfile"));
const lastStage = dockerfile.slice(dockerfile.findLastIndex(({ word }) => word === "FROM"));
const restOf = (word: string) => lastStage.filter((instruction) => instruction.word === word).map(({ rest }) => rest);
const commandOf = (rest = "") => z.array(z.string()).parse(JSON.parse(rest));

const packageFile = z
  .object({ optionalDependencies: z.record(z.string(), z.string()), scripts: z.object({ start: z.string() }) })
  .parse(JSON.parse(read("package.json")));

describe("the image", () => {
  it("has the Node that everything is tested on, and none from npm", () => {
    const pinned = Object.values(packageFile.optionalDependencies).map((version) => version.split(".", 1)[0]);
    const images = dockerfile.filter(({ word }) => word === "FROM").map(({ rest }) => rest);
    expect(new Set(images.map((image) => /^node:(\d+)[\w.]*-slim/.exec(image)?.[1]))).toEqual(new Set(pinned));
    const installs = dockerfile.filter(({ rest }) => rest.startsWith("npm"));
    expect(installs.map(({ rest }) => rest)).toEqual(["npm ci --omit=dev --omit=optional"]);
  });

  it("runs as a user without rights, who owns nothing but the data", () => {
    expect(restOf("USER")).toEqual(["node"]);
    expect(lastStage.findLastIndex(({ word }) => word === "RUN")).toBeLessThan(
      lastStage.findIndex(({ word }) => word === "USER"),
    );
    expect(lastStage.filter(({ rest }) => rest.includes("--chown"))).toEqual([]);
    expect(restOf("VOLUME")).toEqual(["/data"]);
  });

  it("starts what npm start does, by Node itself, so that it gets the signals", () => {
    expect(commandOf(restOf("CMD")[0]).join(" ")).toBe(packageFile.scripts.start);
    expect(restOf("STOPSIGNAL")).toEqual(["SIGTERM"]);
  });

  it("copies what is there and is not ignored", () => {
    const ignored = read(".dockerignore").split("\n");
    const kept = ignored.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
    expect(ignored).toContain("*");
    const copied = dockerfile
      .filter(({ word, rest }) => word === "COPY" && !rest.startsWith("--from"))
      .flatMap(({ rest }) => rest.split(" ").slice(0, -1));
    for (const path of copied) {
      expect(existsSync(join(ROOT, path)), path).toBe(true);
      expect(
        kept.some((entry) => path === entry || path.startsWith(`${entry}/`)),
        path,
      ).toBe(true);
    }
    for (const entry of kept) expect(copied.some((path) => path === entry || path.startsWith(`${entry}/`))).toBe(true);
  });

  it("brings every file that the sources read outside their own folder", () => {
    const copied = restOf("COPY").flatMap((rest) => rest.split(" "));
    const outside = globSync("src/**/*.ts", { cwd: ROOT }).flatMap((file) => {
      const up = "../".repeat(file.split("/").length - 1);
      return [...read(file).matchAll(/["'](?<path>(?:\.\.\/)+[\w.-]+)["'/]/g)]
        .map(({ groups }) => groups?.path ?? "")
        .filter((path) => path.startsWith(up) && path !== up)
        .map((path) => path.slice(up.length))
        .filter((name) => !name.startsWith(".."));
    });
    expect(outside).toContain("package.json");
    expect(copied).toEqual(expect.arrayContaining([...new Set(outside)]));
  });

  it("is healthy as long as /healthz says so, on whichever port", async () => {
    const health = restOf("HEALTHCHECK")[0] ?? "";
    const [, ...args] = commandOf(health.slice(health.indexOf("CMD ") + 4));
    const port = await freePort();
    const exitCodeWith = async (healthPort: string) => {
      const child = spawn(process.execPath, args, { env: { HEALTH_PORT: healthPort }, stdio: "ignore" });
      const [exitCode] = await once(child, "exit");
      return exitCode;
    };
    expect(await exitCodeWith(String(port))).toBe(1);
    const server = await startHealthServer({
      port,
      host: "127.0.0.1",
      ready: async () => ({ slack: { ok: false } }),
      metrics: createMetrics(),
    });
    onTestFinished(() => server.close());
    expect(await exitCodeWith(String(port))).toBe(0);
    expect(await exitCodeWith("0")).toBe(0);
  });
});

const service = z.object({
  build: z.string().optional(),
  image: z.string(),
  env_file: z.string().optional(),
  profiles: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string()).optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()),
  mem_limit: z.string().optional(),
  restart: z.string(),
  stop_grace_period: z.string().optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  deploy: z.object({ replicas: z.number() }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
});
const compose = z
  .object({
    services: z.object({ bot: service, replicas: service, database: service }),
    volumes: z.record(z.string(), z.null()),
  })
  .parse(parse(read("compose.yml"), { merge: true }));
const { bot, replicas, database } = compose.services;

describe("compose.yml", () => {
  it.each([
    ["alone", bot],
    ["in three", replicas],
  ])("confines the bot, %s", (_how, it) => {
    expect(it).toMatchObject({
      build: ".",
      env_file: ".env",
      read_only: true,
      tmpfs: ["/tmp"],
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      mem_limit: "512m",
      restart: "unless-stopped",
    });
    expect(Number.parseInt(it.stop_grace_period ?? "", 10)).toBeGreaterThan(10);
  });

  it("starts the one unless told, and the three by their profile", () => {
    expect(bot.profiles).toBeUndefined();
    expect([replicas.profiles, database.profiles]).toEqual([["postgres"], ["postgres"]]);
  });

  it("keeps the data of the one in a volume and reaches it from this machine alone", () => {
    expect(bot.volumes).toEqual(["data:/data"]);
    expect(bot.environment).toMatchObject({ DATA_DIR: "/data" });
    for (const published of bot.ports ?? []) expect(published).toMatch(/^127\.0\.0\.1:/);
    expect(Object.keys(compose.volumes)).toEqual(["data", "postgres"]);
  });

  it("gives the three one PostgreSQL, which is up before they are", () => {
    expect(replicas.deploy).toEqual({ replicas: 3 });
    expect(replicas.depends_on).toEqual({ database: { condition: "service_healthy" } });
    expect(database.environment.POSTGRES_PASSWORD).toBe(PASSWORD);
    expect(replicas.environment.DATABASE_URL).toContain(`:${PASSWORD}@database:5432/`);
    expect(database.volumes).toEqual(["postgres:/var/lib/postgresql"]);
  });
});

describe(".env.example", () => {
  const named = [...read(".env.example").matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=(.*)$/gm)];
  const names = named.map(([, name]) => name);
  const literals = globSync(["src/{config.ts,config/**/*.ts}", "src/providers/*/{definition,read-settings}.ts"], {
    cwd: ROOT,
  }).flatMap((file) => [...read(file).matchAll(/"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|PORT)"/g)].map(([, name]) => name));
  const known = [...new Set(literals)].filter((name) => !name?.startsWith("ERR_")).sort();

  it("names every variable once, and none that is not read", () => {
    expect(names.toSorted()).toEqual([...known, "POSTGRES_PASSWORD"].sort());
  });

  it("is in step with the README", () => {
    for (const name of known) expect(read("README.md"), name).toContain(`\`${name}\``);
  });

  it("holds no secret, and no quotes, which Docker would take for a part of the value", () => {
    for (const [, name, value = ""] of named) {
      expect(value, name).not.toMatch(/["'`]/);
      if (/TOKEN|SECRET|PASSWORD/.test(name ?? "")) expect(value, name).toMatch(/^(?:x\w+-)?(?:replace|change)-me$/);
    }
    for (const file of ["Dockerfile", "compose.yml", "manifest.yml"]) {
      const text = read(file).replaceAll(`hooktriage:${PASSWORD}@`, "").replaceAll(PASSWORD, "");
      expect(redactText(text).text, file).toBe(text);
    }
  });

  it("is the only one of its kind in the repository", () => {
    const ignored = read(".gitignore").split("\n");
    expect(ignored).toEqual(expect.arrayContaining([".env", ".env.*", "!.env.example"]));
    expect(read(".dockerignore")).not.toContain("!.env");
  });
});
