import { faultsIn, matched } from "../keep.ts";
import { platform } from "../rule.ts";
import { FIELD } from "./steps.ts";

/** What libraries say of a payload that does not fit. */
export const VALIDATORS = [
  ...platform("Zod", "https://zod.dev/error-formatting", [
    {
      id: "zod",
      when: [
        {
          fields: {
            code: [
              "invalid_type",
              "invalid_value",
              "invalid_literal",
              "invalid_enum_value",
              "too_small",
              "too_big",
              "unrecognized_keys",
              "invalid_string",
              "invalid_union",
              "invalid_format",
              "invalid_date",
            ],
            path: true,
            message: true,
          },
        },
      ],
      keep: faultsIn("path", "code"),
      told: ["bad_request", "The app refused the payload: {1}", FIELD],
    },
  ]),
  ...platform("Ajv", "https://ajv.js.org/api.html#validation-errors", [
    {
      id: "ajv",
      when: [{ fields: { keyword: true, schemaPath: true } }],
      keep: faultsIn("instancePath", "dataPath", "keyword", "missingProperty"),
      told: ["bad_request", "The app refused the payload: {1}", FIELD],
    },
  ]),
  ...platform("Joi", "https://joi.dev/api/", [
    {
      id: "joi",
      when: { fields: { "details.type": true, "details.path": true } },
      keep: faultsIn("path", "type"),
      told: ["bad_request", "The app refused the payload: {1}", FIELD],
    },
  ]),
  ...platform("express-validator", "https://express-validator.github.io/docs/", [
    {
      id: "express-validator",
      when: { fields: { "errors.location": ["body", "query", "headers", "params"], "errors.msg": true } },
      keep: faultsIn("path", "param", "msg"),
      told: ["bad_request", "The app refused the payload: {1}", FIELD],
    },
  ]),
  ...platform("Mongoose", "https://mongoosejs.com/docs/validation.html", [
    {
      id: "mongoose-validation",
      when: { text: ["validation failed:"], alsoText: ["path `"] },
      keep: matched(/path `([\w.]{1,60})`[^\n.]{0,20} (is required|is not|is shorter|is longer)/i),
      told: ["bad_request", "The app refused the payload: {1}", FIELD],
    },
  ]),
  ...platform("JSON:API", "https://jsonapi.org/format/#error-objects", [
    {
      id: "json-api",
      when: { fields: { "errors.source.pointer": true, "errors.detail": true } },
      keep: faultsIn("errors.source.pointer", "errors.detail"),
      told: ["bad_request", "The app refused the payload: {1}", FIELD],
    },
  ]),
];
