import type { Definitions, SecretVariable } from "../providers/definition.ts";
import { DEFINITIONS } from "../providers/registry.ts";
import { type Environment, valueIn } from "./read/variables.ts";

/** Slack's variables whose values are credentials. The providers' stand in their definitions. */
const SLACK_SECRETS = ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"];

/** Every credential in the environment, in each form in which it travels. */
export function secretsIn(env: Environment): string[] {
  return secretsOf(DEFINITIONS, env);
}

/** The same for other providers than the registry's. */
export function secretsOf<Settings>(definitions: Definitions<Settings>, env: Environment): string[] {
  const ofProviders = secretVariablesOf(definitions);
  const names = [...SLACK_SECRETS, ...ofProviders.map(({ name }) => name), "DATABASE_URL"];
  const found = [
    ...names.map((name) => valueIn(env, name)),
    ...databasePasswords(valueIn(env, "DATABASE_URL")),
    ...ofProviders.map((secret) => basicPair(secret, env)),
  ];
  return [...new Set(found.filter((secret) => secret !== undefined))];
}

function secretVariablesOf<Settings>(definitions: Definitions<Settings>): SecretVariable[] {
  const variables: SecretVariable[] = [];
  for (const id in definitions) variables.push(...definitions[id].secrets);
  return variables;
}

function databasePasswords(url: string | undefined): string[] {
  if (url === undefined || !URL.canParse(url)) return [];
  const { password, search, searchParams } = new URL(url);
  // https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
  const ofQuery = [...search.matchAll(/[?&]password=([^&]*)/g)].map(([, encoded = ""]) => encoded);
  const found = [password, decodedOrSame(password), ...ofQuery, ...searchParams.getAll("password")];
  return found.filter((secret) => secret !== "");
}

function decodedOrSame(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What HTTP's Basic scheme carries. */
function basicPair({ name, basic }: SecretVariable, env: Environment): string | undefined {
  const user = basic && valueIn(env, basic.user);
  const secret = valueIn(env, name);
  if (user === undefined || secret === undefined) return undefined;
  return Buffer.from(`${user}${basic?.suffix ?? ""}:${secret}`).toString("base64");
}
