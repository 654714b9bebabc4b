/** Which ConductorOne tenant is read, and as whom. */
export interface ConductorOneSettings {
  /** Scheme and host (and port), without a slash at the end. */
  baseUrl: string;
  credentials: ConductorOneCredentials;
  /**
   * For tenants that have an endpoint that lists `WebhookInstance` objects: its path below `/api/v1`, from `/` on, with
   * `{webhookId}` in it. No public one is known.
   */
  instancesPath?: string;
}

/** https://www.conductorone.com/docs/conductorone-api/authenticate */
export type ConductorOneCredentials = ClientCredentials | { kind: "access_token"; token: string };

export interface ClientCredentials {
  kind: "client_credentials";
  clientId: string;
  clientSecret: string;
}
