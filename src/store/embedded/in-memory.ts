import { IN_MEMORY_START_PARAMS, PacedPGlite } from "./paced-pglite.ts";
import { loadTemplate } from "./template.ts";

/** A database without files. */
export async function openInMemory(): Promise<PacedPGlite> {
  const loadDataDir = await loadTemplate();
  return PacedPGlite.open({ startParams: IN_MEMORY_START_PARAMS, ...(loadDataDir && { loadDataDir }) });
}
