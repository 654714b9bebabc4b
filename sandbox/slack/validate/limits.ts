/**
 * Slack's own limits, as far as they are known: what the sandbox refuses. It is kept apart from the bot's table on purpose,
 * so that a limit which the bot got wrong is caught here.
 *
 * Sources: https://docs.slack.dev/reference/block-kit/blocks (one page per block, element and composition object),
 * https://docs.slack.dev/reference/views, https://docs.slack.dev/changelog. Where two sources disagree the smaller number stands.
 * Lengths are UTF-16 code units.
 */
export const SLACK = {
  accessibilityLabel: 75,
  actionId: 255,
  actionsElements: 25,
  alertText: 200,
  altText: 2000,
  attachments: 100,
  blockId: 255,
  blocksPerMessage: 50,
  blocksPerView: 100,
  buttonText: 75,
  buttonValue: 2000,
  callbackId: 255,
  cardActions: 2, // the docs say 3, a validator of another vendor was refused at 3
  cardBody: 200,
  cardSubtext: 200,
  cardTitle: 150,
  carouselElements: 10,
  chartAxisLabel: 50,
  chartCategories: 20,
  chartLabel: 20,
  chartSeries: 6, // 12 in newer third-party schemas
  chartTitle: 50,
  chartsPerMessage: 2,
  checkboxOptions: 10,
  confirmButton: 30,
  confirmText: 300,
  confirmTitle: 100,
  containerBlocks: 10,
  containerTitle: 150,
  contextActions: 5,
  contextElements: 10,
  dataTableColumns: 20,
  dataTablePageSize: 100,
  dataTableRows: 101, // header included; 201 in a newer third-party schema
  externalId: 255,
  fileInputFiles: 10,
  headerLevel: 4,
  headerText: 150,
  inputHint: 2000,
  inputLabel: 2000,
  markdownCharactersPerMessage: 12_000,
  metadataEventType: 255,
  optionDescription: 75,
  optionGroupLabel: 75,
  optionGroups: 100,
  optionText: 75,
  optionValue: 150,
  overflowOptions: 5,
  placeholder: 150,
  plainTextInputLength: 3000,
  plansPerMessage: 1,
  privateMetadata: 3000,
  radioOptions: 10,
  richTextIndent: 8,
  richTextInputLines: 100,
  sectionField: 2000,
  sectionFields: 10,
  sectionText: 3000,
  selectOptions: 100,
  tableCellCharactersPerMessage: 10_000,
  tableCells: 20,
  tableRows: 100,
  tablesPerMessage: 1,
  text: 3000,
  url: 3000,
  videoAuthor: 49,
  videoTitle: 199,
  viewTitle: 24,
} as const;

/**
 * The aggregate limit behind `msg_blocks_too_long` is undocumented. Reports: 13,297 characters of markdown refused
 * (https://github.com/slackapi/bolt-js/issues/2509); 9,597 characters of text in 15,500 of JSON accepted, 11,341 in 17,700
 * refused (https://github.com/slackapi/bolt-js/issues/2867). The same blocks passed through a response URL.
 */
export const WHOLE_MESSAGE = { visibleCharacters: 13_000, jsonCharacters: 17_000 } as const;

export type Surface = "message" | "modal" | "home";

/**
 * Where each block may stand, after https://docs.slack.dev/reference/block-kit/blocks, with the stricter reading where it and
 * reports from the field differ. `file` blocks arrive, they are never sent by an app.
 */
export const BLOCK_SURFACES: Readonly<Record<string, readonly Surface[]>> = {
  actions: ["message", "modal", "home"],
  alert: ["modal"],
  card: ["message", "home"],
  carousel: ["message", "home"],
  container: ["message"],
  context: ["message", "modal", "home"],
  context_actions: ["message"],
  data_table: ["message"],
  data_visualization: ["message"],
  divider: ["message", "modal", "home"],
  file: [],
  header: ["message", "modal", "home"],
  image: ["message", "modal", "home"],
  input: ["message", "modal", "home"],
  markdown: ["message"],
  plan: ["message"],
  rich_text: ["message", "modal", "home"],
  section: ["message", "modal", "home"],
  table: ["message"],
  task_card: ["message"],
  video: ["message", "modal", "home"],
};
