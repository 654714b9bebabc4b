import fc from "fast-check";

/** Text that wants to be more than text. */

/** How often each property is tried; `VIEW_RUNS=10000` for a long look. */
export const RUNS = Number(process.env.VIEW_RUNS ?? 300);

const TRICKS = [
  "<!channel>",
  "<!here|here>",
  "<@U024BE7LH>",
  "<#C024BE7LR|general>",
  "<https://evil.example|x>",
  "<!subteam^S1|team>",
  "<mailto:a@b.example|mail>",
  "@here @channel #general",
  "*bold* _italic_ ~strike~ `code`",
  "```\nfence\n```",
  "> quoted",
  ":fire: :+1: :skin-tone-2:",
  "https://evil.example/x?a=<b>&c",
  "evil.example www.evil.example",
  "&lt;!channel&gt; &amp;",
  "\u202Eoverridden\u202C \u2066isolated",
  "ויבהוק של ג׳ירה",
  "👩‍👩‍👧‍👦🏳️‍🌈é̂",
  "\u0000\u0007\u001B[31mred\u0085\u2028",
  "\uD800 lone \uDC00",
  "\u200B\u2060\u00AD",
  "\n\n\t ",
  "",
] as const;

export const hostileText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TRICKS) },
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...TRICKS), { maxLength: 6 }).map((parts) => parts.join(" ")) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(...TRICKS).map((trick) => `${trick}x`.repeat(3_000).slice(0, 3_000)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("<", "&", "👩‍👩‍👧‍👦", '"', "\\", "\uD800", "ש", "́").map((unit) => unit.repeat(3_000)),
  },
);

/** Up to a megabyte. */
export const hostileBody = fc.oneof(
  { weight: 8, arbitrary: hostileText },
  {
    weight: 1,
    arbitrary: hostileText.map((text) =>
      `${text}\n`.repeat(Math.ceil(1_000_000 / (text.length + 1))).slice(0, 1_000_000),
    ),
  },
);

/** Up to `most` of a kind, made from a few, so that long answers are quick to make. */
export function many<T>(one: fc.Arbitrary<T>, most: number): fc.Arbitrary<T[]> {
  const few = fc.array(one, { minLength: 1, maxLength: 6 });
  const count = fc.oneof(fc.nat(8), fc.nat(most));
  return fc
    .tuple(few, count)
    .map(([items, length]) =>
      Array.from({ length }, (_, index) => items[index % items.length]).filter((item) => item !== undefined),
    );
}
