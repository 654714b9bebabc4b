import module from "node:module";
import { fileURLToPath } from "node:url";

// Preloaded by every npm script. Node runs our TypeScript as it is only from version 26 on, so an older one is told in one
// line what to do instead of failing on the first `.ts` file.
const [major] = process.versions.node.split(".").map(Number);
if (major < 26) {
  console.error(
    `Hooktriage needs Node 26 or newer and this is ${process.version}. Run "npm ci" (it brings its own Node on Linux and macOS; ` +
      "leave optional dependencies on), or put a newer Node first in PATH.",
  );
  process.exit(2);
}
// A later start then finds our sources without their types and compiled. Where the folder cannot be written, nothing is kept.
// A bot that is killed would keep nothing at its end.
module.enableCompileCache(fileURLToPath(new URL("node_modules/.cache/hooktriage/compiled", import.meta.url)));
setTimeout(() => module.flushCompileCache(), 2_000).unref();
