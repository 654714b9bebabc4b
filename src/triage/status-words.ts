/**
 * A status as people say it: `WEBHOOK_STATE_FATAL_ERROR` and `fatal error` are one. The prefixes are those of ConductorOne's
 * enums: https://github.com/ConductorOne/terraform-provider-conductorone/blob/main/openapi.yaml
 */
export function statusInWords(status: string): string {
  return ENUM_OF_CONDUCTORONE.test(status)
    ? status.replace(ENUM_OF_CONDUCTORONE, "").replaceAll("_", " ").toLowerCase()
    : status;
}

const ENUM_OF_CONDUCTORONE = /^(?:WEBHOOK|AUTOMATION_EXECUTION)_STATE_(?=[A-Z])/;
