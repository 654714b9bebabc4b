/** A note that says we are at work, shown only when an answer takes its time. */
export interface WorkingNote {
  /** Ends the wait. Resolves to whether the note was shown. */
  end(): Promise<boolean>;
}

/** Shows the note after `afterMs` unless `end` comes first. A note that cannot be shown is no fault; showing it may not hang. */
export function startWorkingNote(afterMs: number, show: () => Promise<void>): WorkingNote {
  let shown: Promise<boolean> = Promise.resolve(false);
  const timer = setTimeout(() => {
    shown = show().then(
      () => true,
      () => false,
    );
  }, afterMs);
  return {
    end() {
      clearTimeout(timer);
      return shown;
    },
  };
}
