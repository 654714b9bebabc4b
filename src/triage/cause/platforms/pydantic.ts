import { distinct } from "./keep.ts";
import type { Keeper } from "./rule.ts";
import { isNamed } from "./seen.ts";

/** Pydantic's `{"detail": [{"type": "missing", "loc": ["body", "data"]}]}`: what is wrong with which field, in both of its versions. */
export const pydanticFaults: Keeper = ({ fields }) => {
  const places: string[] = [];
  let place: string[] = [];
  let type = "";
  const end = (): void => {
    if (place.length > 0) places.push(`${plainType(type)} ${place.join(".")}`);
    place = [];
    type = "";
  };
  let before = "";
  for (const field of fields) {
    const isPlace = isNamed(field, "loc");
    // A second list of places, or a second type, begins the next fault.
    if ((isPlace && before !== "loc" && place.length > 0) || (isNamed(field, "type") && type !== "")) end();
    if (isPlace && !/^\d+$/.test(field.value)) place.push(field.value);
    if (isNamed(field, "type") && field.path.includes("detail")) type = field.value;
    if (type === "value_error" && isNamed(field, "msg") && /email/i.test(field.value)) type = "value_error.email";
    before = isPlace ? "loc" : field.path;
  }
  end();
  return distinct(places);
};

/**
 * What version 1 of Pydantic called its errors by the names of version 2, and the several names of one fault as one.
 * https://docs.pydantic.dev/latest/errors/validation_errors/
 */
const TYPES: Record<string, string> = Object.fromEntries(
  Object.entries({
    integer: "int_parsing int_type int_from_float int_parsing_size type_error.integer",
    number: "float_parsing float_type finite_number type_error.float",
    decimal: "decimal_parsing decimal_type type_error.decimal",
    string: "string_type string_sub_type type_error.str",
    boolean: "bool_parsing bool_type value_error.strictbool type_error.bool",
    list: "list_type tuple_type set_type type_error.list",
    object: "dict_type model_type model_attributes_type dict_attributes_type mapping_type type_error.dict",
    date: "date_parsing date_type date_from_datetime_parsing value_error.date",
    datetime:
      "datetime_parsing datetime_type datetime_from_date_parsing timezone_aware timezone_naive value_error.datetime",
    uuid: "uuid_parsing uuid_type uuid_version type_error.uuid",
    url: "url_parsing url_type url_scheme url_syntax_violation value_error.url value_error.url.scheme value_error.url.host",
    enum: "enum literal_error value_error.const type_error.enum",
    null: "none_required type_error.none.not_allowed none.not_allowed",
    extra: "extra_forbidden value_error.extra",
    json: "json_invalid json_type value_error.jsondecode",
    too_short: "string_too_short too_short value_error.any_str.min_length value_error.list.min_items",
    too_long: "string_too_long too_long value_error.any_str.max_length value_error.list.max_items",
    pattern: "string_pattern_mismatch value_error.str.regex",
    too_small: "greater_than greater_than_equal value_error.number.not_gt value_error.number.not_ge",
    too_big: "less_than less_than_equal value_error.number.not_lt value_error.number.not_le",
    email: "value_error.email",
  }).flatMap(([name, types]) => types.split(" ").map((type) => [type, name] as const)),
);

/** Of a validator of the app's own the last name is what there is. */
function plainType(type: string): string {
  return TYPES[type] ?? type.slice(type.lastIndexOf(".") + 1);
}
