/** An error whose words are for people: what happened and to whom in `message`, and the mend. Neither holds a secret. */
export abstract class ToldError extends Error {
  /** What to do about it, as a sentence. */
  abstract readonly nextStep: string;

  /** What happened and to whom, without what only the log needs. */
  get told(): string {
    return this.message;
  }
}
