import { describe, expect, it } from "vitest";
import { waysOf } from "../../../../src/triage/cause/platforms/index.ts";
import { PLATFORM_RULES } from "../../../../src/triage/cause/platforms/rules.ts";
import { CAUSE_CATEGORIES } from "../../../../src/triage/cause.ts";

const CATEGORIES: readonly string[] = [...CAUSE_CATEGORIES, "as said"];

describe("every rule", () => {
  it("has a public source and an emitter", () => {
    for (const { id, source, emitter } of PLATFORM_RULES) {
      expect(source, id).toMatch(/^https:\/\/[a-z0-9.-]+\.[a-z]{2,}\//);
      expect(emitter, id).not.toBe("");
    }
  });

  it("has an id of lower case, digits and dashes", () => {
    for (const { id } of PLATFORM_RULES) expect(id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
  });

  it("shares its id with rules of the same emitter only", () => {
    const emitters = new Map<string, string>();
    for (const { id, emitter } of PLATFORM_RULES) {
      expect(emitters.get(id) ?? emitter, id).toBe(emitter);
      emitters.set(id, emitter);
    }
  });

  it("says category, title and step, for each code that it knows too", () => {
    for (const { id, told, known = {} } of PLATFORM_RULES) {
      for (const [kept, [category, title, nextStep]] of [["", told] as const, ...Object.entries(known)]) {
        const name = `${id} ${kept}`;
        expect(CATEGORIES, name).toContain(category);
        expect(title.trim(), name).toBe(title);
        expect(title, name).toMatch(/\S{2}/);
        expect(nextStep.length, name).toBeGreaterThan(8);
        expect(`${title} ${nextStep}`.match(/\{[^}]*\}/g) ?? [], name).toEqual(
          `${title} ${nextStep}`.match(/\{(?:receiver|provider|webhook|code|1|"text": …)\}/g) ?? [],
        );
      }
    }
  });

  it("has steps that begin with a verb and do not say the title again", () => {
    for (const { id, told, known = {} } of PLATFORM_RULES) {
      for (const [, title, nextStep] of [told, ...Object.values(known)]) {
        expect(nextStep, id).toMatch(/^[A-Z][a-z]+ \S/);
        expect(nextStep, id).not.toMatch(/^(?:In|Nothing|The|It|Its|If|When|This|There|No|At|On)\b|: \{1\}/);
        expect(nextStep.length, id).toBeGreaterThan(16);
        expect(nextStep, id).not.toContain(title);
      }
    }
  });

  it("knows what it keeps by names as they stand in ids", () => {
    for (const { id, known = {} } of PLATFORM_RULES)
      for (const kept of Object.keys(known)) expect(kept, id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });

  it("names something to look for, in lower case", () => {
    for (const rule of PLATFORM_RULES) {
      for (const when of waysOf(rule)) {
        const named = Object.keys(when).filter((key) => key !== "codes" && key !== "kind");
        // Codes that nobody else uses need no more.
        if (when.kind !== "none" || when.codes === undefined) expect(named, rule.id).not.toEqual([]);
        const texts = [
          ...(when.is ?? []),
          ...(when.text ?? []),
          ...(when.alsoText ?? []),
          ...(when.notText ?? []),
          ...(when.raw ?? []),
        ];
        const values = Object.values(when.fields ?? {}).flatMap((value) => (value === true ? [] : value));
        for (const text of [...texts, ...values]) expect(text.toLowerCase(), rule.id).toBe(text);
        for (const name of Object.keys(when.headers ?? {})) expect(name.toLowerCase(), rule.id).toBe(name);
      }
    }
  });
});
