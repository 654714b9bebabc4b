import { type ComponentChild, h } from "preact";

/** Drawn here, so that they look alike on machines without a font for emoji. Paths of 16 by 16. */
const PATHS = {
  eye: "M8 3C4 3 1.6 6 .8 8c.8 2 3.2 5 7.2 5s6.4-3 7.2-5C14.4 6 12 3 8 3Zm0 8a3 3 0 1 1 0-6 3 3 0 0 1 0 6Zm0-1.7a1.3 1.3 0 1 0 0-2.6 1.3 1.3 0 0 0 0 2.6Z",
  file: "M3 1h6.5L13 4.5V15H3V1Zm6 1.2V5h2.8L9 2.2ZM5 7v1h6V7H5Zm0 2.5v1h6v-1H5Z",
  lock: "M5 7V5a3 3 0 0 1 6 0v2h1v7H4V7h1Zm1.4 0h3.2V5a1.6 1.6 0 0 0-3.2 0v2Z",
  reply: "M2 2h12v9H7l-3.5 3v-3H2V2Zm1.4 1.4v6.2h9.2V3.4H3.4Z",
  trash: "M6 1h4l.5 1H14v1.5H2V2h3.5L6 1ZM3 4.5h10L12.3 15H3.7L3 4.5Z",
} as const;

export function icon(name: keyof typeof PATHS): ComponentChild {
  return h(
    "svg",
    { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" },
    h("path", { d: PATHS[name], "fill-rule": "evenodd" }),
  );
}
