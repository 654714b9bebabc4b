/** What a perfect reader would say of a window. Ids are distinct, in the order of their creation. */
export interface Truth {
  /** By webhook id. */
  webhooks: Map<string, WebhookTruth>;
  totals: { failed: number; pending: number; succeeded: number };
}

export interface WebhookTruth {
  failed: string[];
  pending: string[];
  succeeded: string[];
  /** The failed ones by the name of their true cause. */
  failedByCause: Map<string, string[]>;
}
