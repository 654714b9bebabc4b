import type { ColumnType, GeneratedAlways } from "kysely";
import type { Reading } from "../triage/cause/reading.ts";
import type { Attempt, Invocation, Outcome } from "../triage/model.ts";

/** The schema as Kysely sees it. `migrations/` makes it; names are the database's own. */
export interface Tables {
  webhooks: WebhookTable;
  invocations: InvocationTable;
  attempts: AttemptTable;
  attempt_reads: AttemptReadTable;
  diagnoses: DiagnosisTable;
  regroupings: RegroupingTable;
  coverage: CoverageTable;
  provider_states: ProviderStateTable;
  polls: PollTable;
  poll_pauses: PollPauseTable;
  budgets: BudgetTable;
  accounts: AccountTable;
  replies: ReplyTable;
  subscriptions: SubscriptionTable;
  digest_slots: DigestSlotTable;
}

interface WebhookTable {
  provider: string;
  id: string;
  name: string;
  endpoint: string | null;
  active: boolean;
  event_types: string[];
  admin_url: string | null;
  /** When the provider last listed it. */
  seen_at: Date;
  /** When the provider first no longer listed it. */
  deleted_at: Date | null;
}

interface InvocationTable {
  provider: string;
  webhook_id: string;
  id: string;
  status: string;
  outcome: Outcome;
  pending_until: Date | null;
  status_code: number | null;
  event_type: string | null;
  created_at: Date;
  latest_completed_at: Date | null;
  /** Kept by the database: `latest_completed_at`, or `created_at` where that is missing. */
  occurred_at: ColumnType<Date, never, never>;
  attempts_count: number | null;
  expires_at: Date | null;
  source: NonNullable<Invocation["source"]> | null;
}

interface AttemptTable {
  provider: string;
  webhook_id: string;
  invocation_id: string;
  index: number;
  status: string;
  outcome: Outcome;
  status_code: number | null;
  request: NonNullable<Attempt["request"]> | null;
  response: NonNullable<Attempt["response"]> | null;
  error_message: string | null;
  started_at: Date | null;
  completed_at: Date | null;
  duration_ms: number | null;
  masked_count: number;
}

/** Says that an invocation's attempts were read, also where there were none. */
interface AttemptReadTable {
  provider: string;
  webhook_id: string;
  invocation_id: string;
  read_at: Date;
}

/** What an invocation's attempts told; null where they told nothing. */
interface DiagnosisTable {
  provider: string;
  webhook_id: string;
  invocation_id: string;
  /** That of the reading. */
  cause_id: string | null;
  /** The version of the rules. */
  rules: number;
  reading: Reading | null;
  /** Which attempt told it, and what the receiver answered to that. */
  attempt_index: number | null;
  status_code: number | null;
  diagnosed_at: Date;
}

/** That an invocation got another cause. `from_rules` is 0 where its row alone had told it: its attempts were not read before. */
interface RegroupingTable {
  /** In the order of the changes. */
  sequence: GeneratedAlways<string>;
  provider: string;
  webhook_id: string;
  invocation_id: string;
  from_cause_id: string;
  to_cause_id: string;
  from_rules: number;
  to_rules: number;
  regrouped_at: Date;
}

/** Disjoint parts of time that were wholly collected, per webhook. */
interface CoverageTable {
  provider: string;
  webhook_id: string;
  from_at: Date;
  to_at: Date;
}

interface ProviderStateTable {
  provider: string;
  webhooks_listed_at: Date | null;
  last_success_at: Date | null;
  failing_since: Date | null;
  last_error: string | null;
  rate_limit_per_minute: number | null;
  rate_limit_remaining: number | null;
  rate_limit_seen_at: Date | null;
}

/** What all replicas together may ask of a provider. */
interface BudgetTable {
  provider: string;
  /** As the budget itself reads it. */
  state: unknown;
}

interface PollTable {
  provider: string;
  webhook_id: string;
  polled_at: Date;
  /** Since the last that went well. */
  failures: number;
}

/** That an account failed as a whole; no row while it does not. */
interface PollPauseTable {
  provider: string;
  failures: number;
  failed_at: Date;
  paused_until: Date;
}

/** Whose log the rows of a provider were collected from. */
interface AccountTable {
  provider: string;
  /** Its base URL. */
  account: string;
}

interface ReplyTable {
  key: string;
  channel: string;
  thread_ts: string;
  /** Null while claimed and not yet posted. */
  message_ts: string | null;
  claimed_at: Date;
}

interface SubscriptionTable {
  id: string;
  channel: string;
  /** By which people call it, from 1 on. One of its own among the live ones of a channel. */
  number: number;
  /** `every_day`, `weekdays`, or the digit of a weekday (0 is Sunday). */
  days: string;
  minute_of_day: number;
  time_zone: string;
  terms: string;
  all_clear: "line" | "silent";
  created_by: string;
  created_at: Date;
  /** Null while it is live. */
  ended_at: Date | null;
  /** Null while its channel can be posted in. */
  undeliverable_since: Date | null;
  undeliverable_reason: string | null;
}

interface DigestSlotTable {
  subscription_id: string;
  due_at: Date;
  /** `claimed`: somebody is at it. All others: done, for good. */
  state: "claimed" | "posted" | "silent" | "undeliverable";
  claimed_at: Date;
  /** From here on the digest may stand in the channel. Null before, and after Slack has refused it. */
  posting_at: Date | null;
  message_ts: string | null;
  finished_at: Date | null;
}
