import { validateMessage, validateView } from "../../sandbox/slack/validate/index.ts";
import { BLOCK_SURFACES, type Surface } from "../../sandbox/slack/validate/limits.ts";
import { plain } from "../sandbox/slack/samples.ts";
import { blockSamples, type SampleBlock } from "./gallery-blocks.ts";
import { elementBlocks } from "./gallery-elements.ts";

/** Every block that may stand on this surface, and every element in every block that takes it there. */
export function gallery(surface: Surface, imageId: string): SampleBlock[] {
  return [
    ...blockSamples(imageId).filter(({ type }) => BLOCK_SURFACES[type]?.includes(surface)),
    ...elementsOn(surface).map(({ block }) => block),
  ];
}

/** What of it has one element of each type that a block takes on this surface. */
export function elementsOn(surface: Surface) {
  return elementBlocks().filter(
    ({ block }) => !faultsOf(surface, [block]).some(({ message }) => NOT_HERE.test(message)),
  );
}

/** What the validator says of an element that a block, or a surface, does not take at all. */
const NOT_HERE = /^unsupported |allowed in modals only$/;

/** As few messages as Slack's limits allow. */
export function inMessages(blocks: readonly SampleBlock[]): { text: string; blocks: object[] }[] {
  const messages: { text: string; blocks: object[] }[] = [];
  for (const block of blocks) {
    const last = messages.at(-1);
    if (last !== undefined && validateMessage({ blocks: [...last.blocks, block] }).length === 0)
      last.blocks.push(block);
    else messages.push({ text: "The gallery", blocks: [block] });
  }
  return messages;
}

export function inView(surface: "modal" | "home", blocks: readonly object[]) {
  if (surface === "home") return { type: "home" as const, blocks };
  return { type: "modal" as const, title: plain("The gallery"), submit: plain("Send"), blocks };
}

function faultsOf(surface: Surface, blocks: readonly object[]) {
  return surface === "message" ? validateMessage({ blocks }) : validateView(inView(surface, blocks));
}
