import type { CauseCategory } from "../../cause.ts";
import type { Reading } from "../reading.ts";

/** One way in which a request can fail before there is an answer that can be read. */
export interface TransportCause {
  /** Stable: `connect-refused`. */
  id: string;
  category: CauseCategory;
  title: string;
  /** `{receiver}`, `{provider}` and `{webhook}` are filled in later. */
  nextStep: string;
}

/** How client libraries say a cause. Data; see `phrases.ts` for what a phrase may be. */
export interface TransportRule {
  cause: TransportCause;
  /** One of these is said. */
  any: Phrases;
  /** So is one of these. */
  and?: Phrases;
  /** And none of these. */
  not?: Phrases;
  /** `certain` when absent. */
  sureness?: Reading["sureness"];
}

/** Each string holds one phrase, or several with ` | ` between them. */
export type Phrases = readonly string[];
