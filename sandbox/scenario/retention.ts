/** "Returns up to 7 days of invocations for a webhook": https://developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks/ */
export const RETENTION_MS = 7 * 86_400_000;
