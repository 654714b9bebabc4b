/** Failures of one storm. */
export const STORM = 20;
/** Requests to a provider's API that are turned away. */
export const LIMITED_REQUESTS = 8;
