export { type MessageCheck, type MessagePayload, validateMessage } from "./message.ts";
export type { BlockFault } from "./rule.ts";
export { validateView } from "./view.ts";
