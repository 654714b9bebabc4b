import type { Provider } from "../providers/provider.ts";
import { accountOf, claimAccount } from "../store/accounts.ts";
import type { Store } from "../store/database.ts";
import { ToldError } from "../triage/told-error.ts";

/** Another process, with other credentials, has this store now: its rows are not ours to show, nor ours to write. */
export class StoreTakenOverError extends ToldError {
  override readonly name = "StoreTakenOverError";
  override readonly nextStep = "Give each account a DATABASE_URL or DATA_DIR of its own, and start again.";

  constructor({ id, account }: Provider, holder: string) {
    super(
      `The store now holds what another process collects from ${holder}, while this one reads ${account} as ${id}.`,
    );
  }
}

/** Throws a `StoreTakenOverError` where the store is another account's. */
export async function seeThatStoreIsOurs({ db }: Store, provider: Provider): Promise<void> {
  const holder = await accountOf(db, provider.id);
  if (holder !== undefined && holder !== provider.account) throw new StoreTakenOverError(provider, holder);
}

/** The store is this account's from the first rows on. Throws a `StoreTakenOverError` where another one was first. */
export async function claimStore({ db }: Store, provider: Provider): Promise<void> {
  const holder = await claimAccount(db, provider);
  if (holder !== provider.account) throw new StoreTakenOverError(provider, holder);
}
