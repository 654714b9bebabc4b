import { providerCalled } from "../triage/provider-name.ts";
import { echo } from "../triage/query/echo.ts";
import { suggest } from "../triage/query/suggest.ts";
import { UsageError } from "./command.ts";

/** The provider that was typed, if it is one of those set up. Throws `UsageError`, with the one that was probably meant. */
export function knownProvider(typed: string, providers: readonly string[]): string {
  if (providers.includes(typed)) return typed;
  const meant = providerCalled(typed) ?? suggest(typed, providers);
  const near = meant !== undefined && providers.includes(meant) ? ` Did you mean ${meant}?` : "";
  throw new UsageError(`There is no provider ${echo(typed)} here. Set up: ${providers.join(", ")}.${near}`);
}
