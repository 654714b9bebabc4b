import { fsyncSync } from "node:fs";
import { NodeFS } from "@electric-sql/pglite/nodefs";

type EmscriptenOptions = Parameters<NodeFS["init"]>[1];

/** What PGlite's loop calls for each step of a statement, and after a step that threw. */
interface Steps {
  _PostgresMainLoopOnce: () => void;
  stackRestore: (pointer: number) => void;
}

/** A file or folder that PostgreSQL has open; `nfd` is Node's own descriptor. */
interface OpenFile {
  nfd: number;
}

/**
 * PGlite's NodeFS answers PostgreSQL's fsync without doing it. This one does it, so what was committed outlives a power cut.
 * Leans on Emscripten's `NODEFS.stream_ops`; a test counts the syncs of a commit, so an upgrade that moves it is noticed.
 */
export class DurableNodeFs extends NodeFS {
  /** Off while a new database is made, which is synced whole at the end: that is ten times faster. */
  isSyncing = true;
  readonly #onSyncFailed: (error: Error) => void;

  /**
   * After a failed sync nobody knows what is on the disk: `onSyncFailed` must see to it that the statement is not taken for
   * done and that none follows. https://wiki.postgresql.org/wiki/Fsync_Errors
   */
  constructor(folder: string, onSyncFailed: (error: Error) => void) {
    super(folder);
    this.#onSyncFailed = onSyncFailed;
  }

  override async init(
    pglite: Parameters<NodeFS["init"]>[0],
    options: EmscriptenOptions,
  ): Promise<{ emscriptenOpts: EmscriptenOptions }> {
    const { emscriptenOpts } = await super.init(pglite, options);
    const preRun: NonNullable<EmscriptenOptions["preRun"]> = [
      ...(emscriptenOpts.preRun ?? []),
      (module) => {
        module.NODEFS.stream_ops.fsync = (file: OpenFile) => this.#sync(file, module);
      },
    ];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }

  /** Returns Emscripten's "no error". */
  #sync(file: OpenFile, module: Steps): number {
    try {
      if (this.isSyncing) fsyncSync(file.nfd);
      return 0;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const error = new Error(`The disk of ${this.rootDir} failed: ${reason}`, { cause });
      this.#onSyncFailed(error);
      halt(module, error);
      throw error;
    }
  }
}

/** A PostgreSQL that was left in the middle of a step waits for itself for ever, so it is never entered again. */
function halt(module: Steps, error: Error): void {
  module._PostgresMainLoopOnce = () => {
    throw error;
  };
  module.stackRestore = () => {
    throw error;
  };
}
