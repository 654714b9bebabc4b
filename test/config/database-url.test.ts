import { describe, expect, it } from "vitest";
import { secretsIn } from "../../src/config/secrets.ts";
import { openDatabase } from "../../src/store/database.ts";
import { faultsOf } from "./faults-of.ts";

const PROVIDER = { ZENDESK_SUBDOMAIN: "acme", ZENDESK_ACCESS_TOKEN: "zendesk-token" };

describe("DATABASE_URL", () => {
  it.each([
    ["/", "postgres://u:123/sekretpart@127.0.0.1/db"],
    ["#", "postgres://u:123#sekretpart@127.0.0.1/db"],
    ["?", "postgres://u:123?sekretpart@127.0.0.1/db"],
  ])("is refused where a password holds a bare %s, and said nothing of", async (_, url) => {
    const [fault] = faultsOf({ ...PROVIDER, DATABASE_URL: url }, "cli");
    expect(fault).toMatch(/^DATABASE_URL: has an @ after the host; encode .* \/ as %2F, # as %23/);
    expect(fault).not.toMatch(/sekretpart|123/);
  });

  it.each(["postgres://u:123%2Fs%40cret@127.0.0.1:5432/db?sslmode=require", "postgres://127.0.0.1/db?user=a%40b"])(
    "is taken where all is encoded: %s",
    (url) => {
      expect(faultsOf({ ...PROVIDER, DATABASE_URL: url }, "cli")).toEqual([]);
    },
  );

  it("may hold the password in its query, which is masked in each form", () => {
    const url = "postgres://127.0.0.1/db?sslmode=require&password=p%40ss+word";
    expect(secretsIn({ DATABASE_URL: url })).toEqual([url, "p%40ss+word", "p@ss word"]);
  });

  it.each([
    "postgres://u:123/sekretpart@127.0.0.1/db",
    "postgres://127.0.0.1:1/db?password=sekretpart",
    "postgres://u:sekretpart@127.0.0.1:1/db#sekretpart",
  ])("is told by host, port and name of the database alone: %s", async (databaseUrl) => {
    const refused = await openDatabase({ databaseUrl }).catch((error: unknown) => String(error));
    expect(refused).toMatch(/No connection to the PostgreSQL server/);
    expect(refused).not.toMatch(/sekretpart|u:123/);
  });
});
