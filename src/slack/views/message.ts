export type { Message, MessageBlock } from "../blocks/types.ts";

/** Who asked, and what: every answer in a channel names both. */
export interface Ask {
  /** Slack user id. */
  askedBy: string;
  /** As it was typed, such as `/hooks failures last 24h`. */
  command: string;
  /** IANA name of the zone in which the times that were typed were read. */
  timeZone: string;
  /** The query in its canonical form. */
  queryText: string;
}

/** Which part of a long answer to show. */
export interface Page {
  /** How many items the pages before showed. */
  offset: number;
}
