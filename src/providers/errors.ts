import { providerName } from "../triage/provider-name.ts";
import { ToldError } from "../triage/told-error.ts";

export type ProviderErrorKind =
  | "authentication"
  | "permission"
  | "not_found"
  | "rate_limited"
  | "unavailable"
  | "unexpected_answer";

export interface ProviderErrorFacts {
  provider: string;
  /** What was asked, such as `GET /api/v2/webhooks`, redacted. */
  request: string;
  /** What happened, redacted, to be read after the provider's name: `answered 403 ("Forbidden")`. */
  happened: string;
  /** What to do about it. */
  nextStep: string;
  webhookId?: string;
  status?: number;
  /** The provider's own id of the request, for its support. */
  requestId?: string;
  /** When the provider allows the next try. */
  retryAt?: Date;
  /** Worth another try, and at most so many in all, whatever its status. */
  mostTries?: number;
}

/**
 * Whatever can go wrong with a provider. The message names the provider, the webhook where there is one, and the request;
 * neither it nor any field carries a secret, so all of it may be shown and logged.
 */
export abstract class ProviderError extends ToldError {
  abstract readonly kind: ProviderErrorKind;
  readonly provider: string;
  readonly request: string;
  /** As in the facts, until it tells of more than the last try. */
  happened: string;
  override readonly nextStep: string;
  readonly webhookId: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAt: Date | undefined;
  readonly mostTries: number | undefined;
  /** Whether the provider has failed for so long that asking it for more is no use now. */
  givenUp = false;

  constructor(facts: ProviderErrorFacts) {
    const webhook = facts.webhookId === undefined ? "" : `, webhook ${facts.webhookId}`;
    super(`${providerName(facts.provider)}${webhook}: ${facts.happened} (${facts.request}).`);
    this.name = new.target.name;
    this.provider = facts.provider;
    this.request = facts.request;
    this.happened = facts.happened;
    this.nextStep = facts.nextStep;
    this.webhookId = facts.webhookId;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.retryAt = facts.retryAt;
    this.mostTries = facts.mostTries;
  }

  /** `Zendesk answered 403 ("Forbidden").`: without ids, path and query. */
  override get told(): string {
    return `${providerName(this.provider)} ${this.happened}.`;
  }

  /** Marks the last error of a provider that is not tried again, with the reason as a sentence. */
  giveUp(reason: string): void {
    if (this.givenUp) return;
    this.givenUp = true;
    this.message += ` ${reason}`;
  }
}

/** The credentials were not accepted. */
export class AuthenticationError extends ProviderError {
  override readonly kind = "authentication";
}

/** The credentials were accepted and do not allow this. */
export class PermissionError extends ProviderError {
  override readonly kind = "permission";
}

export class NotFoundError extends ProviderError {
  override readonly kind = "not_found";
}

export class RateLimitedError extends ProviderError {
  override readonly kind = "rate_limited";
}

/** No answer, or one that says that the provider is out of order. */
export class UnavailableError extends ProviderError {
  override readonly kind = "unavailable";
}

/** No answer in time. */
export class TimeOutError extends UnavailableError {
  readonly timeoutMs: number;

  constructor(facts: ProviderErrorFacts, timeoutMs: number) {
    super(facts);
    this.timeoutMs = timeoutMs;
  }

  /** For an error that is given up: tells of the whole wait, not of the last try, which may have been cut short. */
  tellWholeWait(waitedMs: number): void {
    this.happened = `gave no usable answer in about ${Math.round(waitedMs / 1000)} s`;
  }
}

/** An answer that the provider's API does not give: something else answered, or the API has changed. */
export class UnexpectedAnswerError extends ProviderError {
  override readonly kind = "unexpected_answer";
}

/** A redirect to another host, or out of TLS. It was not followed: the credentials are not for that host. */
export class ForeignRedirectError extends UnexpectedAnswerError {
  /** Scheme, host and port. */
  readonly origin: string;

  constructor(facts: ProviderErrorFacts, origin: string) {
    super(facts);
    this.origin = origin;
  }
}
