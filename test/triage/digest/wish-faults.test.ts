import { describe, expect, it } from "vitest";
import { parseDigest } from "../../../src/triage/digest/parse-digest.ts";
import { CONTEXT, seen } from "./reading.ts";

const WINDOW = "A digest covers the time from its previous slot to this one";
const QUOTES = "Put it in quotes if it is part of a name.";
const NAME = "would be part of a webhook's name. Put it in quotes if it is.";

describe("zone, terms and all-clear that are not understood say what was not, what was, and what works", () => {
  it.each([
    [
      "daily at 8 in Berln",
      `There is no time zone “Berln”. ${QUOTES} Did you mean in Europe/Berlin?`,
      "digest, daily, at 08:00",
      "digest daily at 09:00 in Europe/Berlin",
    ],
    [
      "daily at 9 Europe/Zork",
      `There is no time zone “Europe/Zork”. ${QUOTES}`,
      "digest, daily, at 09:00",
      "digest daily at 09:00 in Europe/Berlin",
    ],
    [
      "daily at 9 in",
      `“in” needs a time zone behind it. ${QUOTES}`,
      "digest, daily, at 09:00",
      "digest daily at 09:00 in Europe/Berlin",
    ],
    [
      "daily at 9 in +02:00",
      "“+02:00” is an offset. A digest needs a zone by its name, so that it follows that zone's clocks.",
      "digest, daily, at 09:00",
      "digest daily at 09:00 in Europe/Berlin",
    ],
    [
      "daily at 9 EST",
      `“EST” is no time zone that I can be sure of. Write its name. ${QUOTES} Did you mean in America/New_York?`,
      "digest, daily, at 09:00",
      "digest daily at 09:00 in Europe/Berlin",
    ],
    [
      "daily at 9 in bst",
      `“BST” is no time zone that I can be sure of. Write its name. ${QUOTES} Did you mean in Europe/London?`,
      "digest, daily, at 09:00",
      "digest daily at 09:00 in Europe/Berlin",
    ],
    [
      "daily at 9 in Paris in Rome",
      "There are two time zones, “Europe/Paris” and “Europe/Rome”. Use one.",
      "digest, daily, at 09:00",
      "digest daily at 09:00",
    ],
    [
      "daily at 9 last 24h",
      `${WINDOW}; it takes no time range such as “last 24h”.`,
      "digest daily at 09:00",
      "digest daily at 09:00 provider:zendesk",
    ],
    [
      "daily at 9 code:5xx in the last 24h",
      `${WINDOW}; it takes no time range such as “last 24h”.`,
      "digest daily at 09:00, code 5xx",
      "digest daily at 09:00 provider:zendesk",
    ],
    [
      "daily at 9 since zork",
      `“zork” is not a time that I understand. Put names in quotes. ${WINDOW}, without a time range.`,
      "digest daily at 09:00",
      "digest daily at 09:00 provider:zendesk",
    ],
    [
      "weekdays at 9 provider:zendsk",
      "“zendsk” is not a configured provider. Configured: zendesk, conductorone. Did you mean provider:zendesk?",
      "digest weekdays at 09:00",
      "digest weekdays at 09:00 provider:zendesk",
    ],
    [
      "daily at 9 foo:bar",
      "“foo:” is not a term I know. Put words that hold a colon in quotes.",
      "digest daily at 09:00",
      "digest daily at 09:00 provider:zendesk",
    ],
    [
      "daily at 9 status:circuit broken",
      'A status of two words, such as “circuit broken”, needs quotes. Did you mean status:"circuit broken"?',
      "digest daily at 09:00, name with “broken”",
      'digest daily at 09:00 status:"circuit broken"',
    ],
    [
      "daily at:09:00",
      "“at:” is not a term that I know. Put words that hold a colon in quotes. Did you mean at 09:00?",
      "digest, daily",
      "digest daily at 09:00",
    ],
    [
      "daily at 9 all-clear:quiet",
      "“all-clear:quiet”: choose all-clear:line or all-clear:silent.",
      "digest, daily, at 09:00",
      "digest daily at 09:00",
    ],
    [
      "daily at 9 -all-clear:line",
      "“-all-clear:line”: choose all-clear:line or all-clear:silent.",
      "digest, daily, at 09:00",
      "digest daily at 09:00",
    ],
    [
      "daily at 9 all-clear:line all-clear:silent",
      "There is all-clear:line and all-clear:silent. Use one.",
      "digest, daily, at 09:00, all-clear:line",
      "digest daily at 09:00",
    ],
    [
      "daily at 9 all-claer:silent",
      "“all-claer:” is not a term that I know. Did you mean all-clear:silent?",
      "digest, daily, at 09:00",
      "digest daily at 09:00",
    ],
    ['daily at 9 "Jira', 'The quotes in “"Jira” are never closed.', "digest, daily, at 09:00", "digest daily at 09:00"],
    ["x".repeat(501), "That is 501 characters long; 500 is the most I read.", "digest", "digest daily at 09:00"],
    [
      "daily at 9 silent",
      `“silent” ${NAME} Did you mean digest daily at 9 all-clear:silent?`,
      "digest, daily, at 09:00",
      "digest daily at 09:00",
    ],
    [
      "weekdays at 9 Quiet code:5xx",
      `“Quiet” ${NAME} Did you mean digest weekdays at 9 all-clear:silent code:5xx?`,
      "digest, weekdays, at 09:00, code:5xx",
      "digest weekdays at 09:00",
    ],
    [
      "daily silent at 9",
      `“silent” ${NAME} Did you mean digest daily all-clear:silent at 9?`,
      "digest, daily",
      "digest daily at 09:00",
    ],
  ])("%s", (text, fault, known, example) => {
    expect(seen(text)).toEqual({ fault, understood: known, example });
    expect(parseDigest(example.replace(/^digest /, ""), CONTEXT).ok).toBe(true);
  });
});
