import { isFieldLike } from "./names.ts";

/** What may be wrong with a field, as validators of all languages word it. The first that fits decides. */
const KINDS: readonly (readonly [string, RegExp])[] = [
  [
    "required",
    /\b(?:required|missing|blank|empty|absent|mandatory|not (?:be )?null|be null|not provided|must be present|must exist|undefined|nil)\b/,
  ],
  [
    "unexpected",
    /\b(?:should not exist|extra (?:fields|inputs)|additional propert(?:y|ies)|unexpected|unknown|unrecognized|unpermitted|not permitted|not allowed|forbidden)\b/,
  ],
  [
    "too long",
    /\b(?:too (?:long|large|big|many)|at most|max(?:imum|length)?|shorter than|(?<!not )be less than|fewer than|no more than|exceeds?)\b/,
  ],
  ["too short", /\b(?:too (?:short|small|few)|at least|min(?:imum|length)?|longer than|greater than|be less than)\b/],
  [
    "wrong type",
    /\b(?:(?:be|a|an|valid|expected|not|type|of) (?:an? )?(?:valid )?(?:integer|number|string|boolean|bool|array|object|list|dict|dictionary|float|int|uuid|decimal)|type error|invalid type|wrong type)\b/,
  ],
  ["not one of", /\b(?:one of|enum|allowed values|valid choice|permitted|not included in|selected)\b/],
  ["not unique", /\b(?:already (?:been )?(?:taken|exists?|in use)|duplicate|unique|must make a unique set)\b/],
  ["invalid", /\b(?:invalid|incorrect|not (?:a )?valid|malformed|does(?:n't| not) match|wrong|bad|format|must)\b/],
];

/** `undefined` for a sentence that names no fault of a field. */
export function kindOfFault(sentence: string): string | undefined {
  const told = sentence.toLowerCase();
  return KINDS.find(([, pattern]) => pattern.test(told))?.[0];
}

/** A field that a sentence names: in quotes, in the way of programs, or beside a word for such a thing. */
const NAMED = [
  /\b(?:field|property|parameter|param|attribute|column|argument|header|query|key|member|element)s?(?: name| with name)?[:=]? ?["'`[“‘(]{1,2}([^"'`\]”’)]{1,60})["'`\]”’)]/i,
  /["'`“‘]([A-Za-z$][\w$.[\]/-]{0,59})["'`”’] (?:\w{1,12} ){0,2}?(?:field|property|parameter|param|attribute|column|argument|header|key|is|must|should|cannot|can't|failed|was|has|of)\b/i,
  /\b(?:the|for|property|parameter|field|attribute|param) ([A-Za-z$][\w$.-]{0,59}) (?:field|property|parameter|attribute|should|must|is|cannot|can't|has|was)\b/i,
  /\b(?:missing|required|unknown|invalid|unexpected) (?:\w{1,12} ){0,2}?(?:field|property|parameter|param|attribute|argument|key|header)s?(?: name)?:? ["'`]?([A-Za-z$][\w$.-]{0,59})\b/i,
  /^["'`]?([A-Za-z$][\w$.-]{0,59})["'`]?(?: -|:| is| must| can't| cannot| should| may not| field)(?: |$)/,
] as const;

const NO_FIELD = new Set(
  (
    "it this that which what value request body payload data field fields parameter input json message error webhook event object property properties is are be not a an the " +
    "one and or but there url uri token signature key api authentication authorization content method host domain user account resource entity schema validation type header " +
    "access server service application session title given submitted posted following specified requested provided required missing unknown invalid in of for with " +
    "has must can your you we channel chat bot queue index page file workflow trigger"
  ).split(" "),
);

/** `/customer/locale must be string`, as validators of JSON Schema say it. */
const POINTER = /^(?:body|data|payload)?((?:\/(?:[A-Za-z_-]{1,40}|\d{1,3})){1,8}) (?:must|should|is|has|cannot|does)\b/;

/** The field that a sentence says something wrong of. */
export function fieldIn(sentence: string): string | undefined {
  const [, pointer] = POINTER.exec(sentence) ?? [];
  if (pointer !== undefined) return fieldOf(pointer);
  for (const pattern of NAMED) {
    const [, name] = pattern.exec(sentence) ?? [];
    if (name !== undefined && isField(name)) return name.trim();
  }
  const word = sentence
    .split(/[\s"'`,;:()[\]{}]+/, 40)
    .find((each) => isFieldLike(each.replace(/[.!?]+$/, "")) && !isHostLike(each));
  return word?.replace(/[.!?]+$/, "");
}

function isField(name: string): boolean {
  return (
    !NO_FIELD.has(name.toLowerCase()) &&
    !/^[A-Z]{4,}$/.test(name) &&
    !/^[\d\s]+$/.test(name) &&
    !/\d{4}/.test(name) &&
    name.split(" ").length <= 3 &&
    !isHostLike(name)
  );
}

function isHostLike(name: string): boolean {
  return (
    /\.(?:com|net|org|io|dev|app|co|test|example|local|internal)\b/i.test(name) ||
    (/-/.test(name) && !/[A-Za-z]-[a-z]{2,}$/.test(name))
  );
}

/** `["body", "event_id"]` and `#/data/quantity` name `event_id` and `data.quantity`. */
export function fieldOf(place: string): string {
  return place
    .replace(/^[#/$.]+|^(?:body|payload|data|request|input|json)[./]/gi, "")
    .replace(/\[?\b\d+\b\]?/g, "")
    .replace(/[/[\]]+/g, ".")
    .replace(/\.{2,}/g, ".")
    .replace(/^\.|\.$/g, "");
}
