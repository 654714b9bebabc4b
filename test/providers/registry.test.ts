import { describe, expect, it } from "vitest";
import { createLog } from "../../src/ops/log.ts";
import { createProviders } from "../../src/providers/registry.ts";
import { withAccessToken as withC1Token } from "./conductorone/settings.ts";
import { withAccessToken } from "./zendesk/settings.ts";

const log = createLog({ level: "silent", secrets: [] });

describe("the registry", () => {
  it("makes the providers that are set up, and only those", () => {
    const now = () => new Date();
    const [zendesk, ...others] = createProviders(
      { zendesk: withAccessToken("https://acme.zendesk.com/") },
      { now, log },
    );
    expect(zendesk).toMatchObject({ id: "zendesk", kind: "zendesk", account: "https://acme.zendesk.com" });
    expect(others).toEqual([]);
    expect(createProviders({}, { now, log })).toEqual([]);
    const both = createProviders(
      { zendesk: withAccessToken("https://acme.zendesk.com"), conductorone: withC1Token("https://acme.conductor.one") },
      { now, log },
    );
    expect(both.map(({ id }) => id)).toEqual(["zendesk", "conductorone"]);
  });
});
