import type {
  ActionsBlock,
  ContextBlock,
  DataTableBlock,
  DividerBlock,
  HeaderBlock,
  RichTextBlock,
  RichTextElement,
  SectionBlock,
} from "@slack/types";

/** The kinds of blocks that our messages are made of. All but `data_table` are classic. */
export type MessageBlock =
  | ActionsBlock
  | ContextBlock
  | DataTableBlock
  | DividerBlock
  | HeaderBlock
  | RichTextBlock
  | SectionBlock;

/** The smallest piece of a rich text: a run of text, a date, an emoji, a user. */
export type Leaf = RichTextElement;

/** A cell of a table: text, or a date in the reader's own zone. */
export type Cell = DataTableBlock["rows"][number][number];

/** What is posted, in the words of `chat.postMessage`. */
export interface Message {
  /** For notifications and screen readers, and where blocks cannot be shown. */
  text: string;
  blocks: MessageBlock[];
  /** The same content in classic blocks alone, for when Slack refuses `blocks`. Absent where `blocks` are classic already. */
  classic?: MessageBlock[];
}
