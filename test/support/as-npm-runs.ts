import { fileURLToPath } from "node:url";

const NODE_VERSION = fileURLToPath(new URL("../../node-version.mjs", import.meta.url));

/**
 * Node's arguments for a process of a test: as our npm scripts have them, so it finds our sources compiled by an earlier one. And
 * PostgreSQL's WebAssembly is not optimised, which takes longer than such a process lives. https://v8.dev/blog/liftoff
 */
export const AS_NPM_RUNS = ["--liftoff-only", "--import", NODE_VERSION];
