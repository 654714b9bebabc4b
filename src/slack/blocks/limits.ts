/**
 * What Slack takes, and what we allow ourselves, which is less where Slack does not say. Lengths are in UTF-16 units, which
 * are never fewer than the characters that Slack counts.
 */
export const LIMITS = {
  /** https://docs.slack.dev/reference/block-kit/blocks/actions-block */
  actionsElements: 25,
  /** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
  buttonLabel: 75,
  buttonText: 75,
  buttonValue: 2_000,
  /** https://docs.slack.dev/reference/block-kit/blocks/context-block */
  contextElements: 10,
  /** https://docs.slack.dev/reference/block-kit/blocks/header-block */
  headerText: 150,
  /** https://docs.slack.dev/reference/block-kit/blocks: blocks in one message. */
  messageBlocks: 50,
  /**
   * Own. `msg_blocks_too_long` has no documented bound: 15.5k characters of JSON were taken and 17.7k refused
   * (https://github.com/slackapi/bolt-js/issues/2867).
   */
  messageJson: 15_000,
  /** Own: notifications show a line or two. Slack cuts at 40,000 and advises 4,000: https://docs.slack.dev/reference/methods/chat.postMessage */
  messageText: 1_000,
  /** Own. Of the same undocumented bound: 9,597 visible characters were taken and 11,341 refused (bolt-js issue 2867). */
  messageVisible: 8_900,
  /** https://docs.slack.dev/reference/block-kit/blocks/section-block */
  sectionFields: 10,
  sectionFieldText: 2_000,
  sectionText: 3_000,
  /** Own, wide enough for every caption of ours; https://docs.slack.dev/reference/block-kit/blocks/data-table-block gives none. */
  tableCaption: 150,
  /** https://docs.slack.dev/reference/block-kit/blocks/data-table-block: all cells of a message together. */
  tableCharacters: 10_000,
  tableColumns: 20,
  tablePageSize: 100,
  /** With the header row; at least 2. Some sources say 201, the lower number is the safe one. */
  tableRows: 101,
  tableRowsAtLeast: 2,
  /** Observed: Slack answers `only_one_table_allowed` to a second one. */
  tablesInMessage: 1,
  /** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
  textObject: 3_000,
} as const;
