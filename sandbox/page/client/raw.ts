import { Component, type ComponentChild, type ComponentChildren, h } from "preact";

/** What this page cannot draw, with all that it has: nothing is left out. */
export function raw(summary: string, value: unknown): ComponentChild {
  return h("details", { class: "alert warning" }, [
    h("summary", null, summary),
    h("pre", { tabIndex: 0 }, JSON.stringify(value, null, 2)),
  ]);
}

interface GuardedParts {
  /** What is drawn, for when that fails. */
  value: unknown;
  /** What it is, as in "a message". */
  what: string;
  /** What stands in a list is a line of it. */
  tag?: "li" | "div";
  children?: ComponentChildren;
}

interface GuardedState {
  /** What could not be drawn; another value is tried anew. */
  failed?: { value: unknown; why: string };
}

/** Draws what is in it. Where that fails it is shown raw, and all around it stays. */
export class Guarded extends Component<GuardedParts, GuardedState> {
  override componentDidCatch(error: unknown): void {
    this.setState({ failed: { value: this.props.value, why: String(error) } });
  }

  override render({ value, what, tag = "div", children }: GuardedParts, { failed }: GuardedState): ComponentChildren {
    if (failed === undefined || failed.value !== value) return children;
    return h(tag, { class: "message" }, raw(`${what}, which this page cannot draw: ${failed.why}`, value));
  }
}
