import { all, masked, matched } from "../keep.ts";
import { type Keeper, platform, type Told } from "../rule.ts";
import { LOOK } from "./steps.ts";

const SALESFORCE_CODES: Record<string, Told> = {
  "invalid-session-id": [
    "auth",
    "Salesforce: the session has expired",
    "Give {webhook} a fresh access token; a session lasts hours only",
  ],
  "request-limit-exceeded": [
    "platform_quota_or_sleep",
    "Salesforce: the org's API calls of the day are used up",
    "Raise the org's limit, or wait for the 24 hours to pass",
  ],
  "unable-to-lock-row": [
    "server_error",
    "Salesforce: another transaction holds the record",
    "Spread the events of {webhook} that touch one record",
  ],
  "not-found": [
    "not_found",
    "Salesforce: there is no such resource",
    "Compare the path and API version of {webhook}'s endpoint URL",
  ],
  "api-disabled-for-org": ["auth", "Salesforce: the API is disabled", "Enable the API for the user of {webhook}"],
  "insufficient-access": [
    "auth",
    "Salesforce: the user may not do that",
    "Give the user of {webhook} access to the record",
  ],
  "required-field-missing": [
    "bad_request",
    "Salesforce: a required field is missing",
    "Add the field that Salesforce names to the payload of {webhook}",
  ],
  "server-unavailable": [
    "gateway",
    "Salesforce: it is unavailable",
    "See status.salesforce.com for the instance behind {receiver}",
  ],
  "storage-limit-exceeded": [
    "platform_quota_or_sleep",
    "Salesforce: the org's storage is full",
    "Free storage in the org, under Setup > Storage Usage",
  ],
};

const CODES = [
  "INVALID_SESSION_ID",
  "REQUEST_LIMIT_EXCEEDED",
  "UNABLE_TO_LOCK_ROW",
  "REQUIRED_FIELD_MISSING",
  "FIELD_CUSTOM_VALIDATION_EXCEPTION",
  "FIELD_INTEGRITY_EXCEPTION",
  "INVALID_FIELD_FOR_INSERT_UPDATE",
  "INVALID_FIELD",
  "INVALID_TYPE",
  "INVALID_CROSS_REFERENCE_KEY",
  "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
  "INSUFFICIENT_ACCESS_OR_READONLY",
  "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
  "INSUFFICIENT_ACCESS",
  "DUPLICATE_VALUE",
  "DUPLICATES_DETECTED",
  "ENTITY_IS_DELETED",
  "API_DISABLED_FOR_ORG",
  "API_CURRENTLY_DISABLED",
  "STORAGE_LIMIT_EXCEEDED",
  "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
  "CANNOT_EXECUTE_FLOW_TRIGGER",
  "STRING_TOO_LONG",
  "MALFORMED_ID",
  "MALFORMED_QUERY",
  "JSON_PARSER_ERROR",
  "APEX_ERROR",
  "QUERY_TIMEOUT",
  "SERVER_UNAVAILABLE",
];
const CODE = new RegExp(`\\b(${CODES.join("|")})\\b`);
const salesforceFields: Keeper = ({ fields }) =>
  fields
    .filter(({ path }) => path === "fields")
    .slice(0, 3)
    .map(({ value }) => value);

/** What it says of a rule of the org's own, which the code does not tell. */
const ownRule: Keeper = ({ fields, lowerText }) => {
  if (!lowerText.includes("custom_validation")) return [];
  return fields.filter(({ path }) => path === "message").map(({ value }) => masked(value));
};

export const SALESFORCE = platform(
  "Salesforce",
  "https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm",
  [
    {
      id: "salesforce",
      when: { text: CODES.map((code) => code.toLowerCase()) },
      keep: all(matched(CODE), salesforceFields, ownRule),
      known: SALESFORCE_CODES,
      told: ["as said", "Salesforce: {1}", LOOK],
    },
  ],
);
