/** Escape that nobody inside has taken for themselves: no dialog, and no search that it empties. */
export function isEscape(event: KeyboardEvent): boolean {
  if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return false;
  const { target } = event;
  if (target instanceof HTMLInputElement && target.type === "search" && target.value !== "") return false;
  return !(target instanceof Element && target.closest("dialog") !== null);
}
