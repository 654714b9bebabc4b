import { SLACK } from "./limits.ts";
import { inside, isRecord, type Place, refuse } from "./rule.ts";

const FORMAT = "invalid_metadata_format";
const SCHEMA = "invalid_metadata_schema";

/**
 * Message metadata: https://docs.slack.dev/messaging/message-metadata. A payload's values are strings, numbers, booleans, flat
 * objects of those, or lists of flat objects.
 */
export function metadata(value: unknown, place: Place): void {
  if (!isRecord(value)) {
    refuse(place, "must provide an object", FORMAT);
    return;
  }
  if (typeof value.event_type !== "string" || value.event_type === "") {
    refuse(inside(place, "event_type"), "must be a string", FORMAT);
  } else if (value.event_type.length > SLACK.metadataEventType) {
    refuse(inside(place, "event_type"), `must be less than ${SLACK.metadataEventType + 1} characters`, FORMAT);
  }
  const at = inside(place, "event_payload");
  if (!isRecord(value.event_payload)) {
    refuse(at, "must provide an object", FORMAT);
    return;
  }
  for (const [key, item] of Object.entries(value.event_payload)) {
    const isFine = isScalar(item) || isFlat(item) || (Array.isArray(item) && item.every(isFlat));
    if (!isFine) refuse(inside(at, key), "must be a scalar, a flat object or a list of flat objects", SCHEMA);
  }
}

function isFlat(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every(isScalar);
}

function isScalar(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
