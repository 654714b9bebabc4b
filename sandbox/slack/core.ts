import type { Faults } from "./faults.ts";
import type { Happenings } from "./happenings.ts";
import type { Journal } from "./journal.ts";
import type { Posting } from "./posting.ts";
import type { Tickets } from "./tickets.ts";
import type { Workspace } from "./workspace.ts";

/** The parts of the running sandbox that its rooms share. */
export interface Core {
  /** `http://127.0.0.1:PORT`, known once it listens. */
  url: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** What the bot token may do. */
  scopes: Set<string>;
  readonly now: () => Date;
  readonly workspace: Workspace;
  readonly happenings: Happenings;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly tickets: Tickets;
  readonly posting: Posting;
  /** A single-use URL for a Socket Mode connection. */
  giveSocketUrl(): string;
}
