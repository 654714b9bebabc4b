/** What stopped a reading. */
export interface Caught {
  /** Whether asking the account for anything more is no use now. */
  isOfAll: boolean;
  /** A sentence for people. */
  reason: string;
  /** When the provider allows the next try, where it says so. */
  retryAt?: Date;
}
