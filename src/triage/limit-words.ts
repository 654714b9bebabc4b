import { providerName } from "./provider-name.ts";

/** What a provider lets us ask, by its budget. */
export interface RequestLimit {
  provider: string;
  limitPerMinute: number;
  /** By the provider; otherwise it was found by trying. */
  isTold: boolean;
}

/** `10 requests a minute` */
export function limitInWords({ limitPerMinute, isTold }: Omit<RequestLimit, "provider">): string {
  const count = limitPerMinute.toLocaleString("en-US");
  return `${isTold ? "" : "about "}${count} ${limitPerMinute === 1 ? "request" : "requests"} a minute`;
}

/** `Zendesk allows 10 requests a minute`, without a full stop. */
export function allowedInWords(limit: RequestLimit): string {
  return `${providerName(limit.provider)} allows ${limitInWords(limit)}`;
}
