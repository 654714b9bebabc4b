import { type Environment, valueIn } from "./variables.ts";

/** The variables whose values are credentials. */
const SECRET_VARIABLES = [
  "SLACK_BOT_TOKEN",
  "SLACK_APP_TOKEN",
  "SLACK_SIGNING_SECRET",
  "ZENDESK_OAUTH_CLIENT_SECRET",
  "ZENDESK_ACCESS_TOKEN",
  "ZENDESK_API_TOKEN",
  "CONDUCTORONE_CLIENT_SECRET",
  "CONDUCTORONE_ACCESS_TOKEN",
  "DATABASE_URL",
];

/** Every credential in the environment, in each form in which it travels. */
export function secretsIn(env: Environment): string[] {
  const secrets = new Set<string>();
  for (const name of SECRET_VARIABLES) {
    const value = valueIn(env, name);
    if (value !== undefined) secrets.add(value);
  }
  for (const password of databasePasswords(valueIn(env, "DATABASE_URL"))) secrets.add(password);
  for (const pair of basicPairs(env)) secrets.add(Buffer.from(pair).toString("base64"));
  return [...secrets];
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

/** What HTTP's Basic scheme carries. Zendesk's own form is `e-mail/token:token`. */
function basicPairs(env: Environment): string[] {
  const email = valueIn(env, "ZENDESK_EMAIL");
  const apiToken = valueIn(env, "ZENDESK_API_TOKEN");
  const pairs = [
    [email === undefined ? undefined : `${email}/token`, apiToken],
    [valueIn(env, "ZENDESK_OAUTH_CLIENT_ID"), valueIn(env, "ZENDESK_OAUTH_CLIENT_SECRET")],
    [valueIn(env, "CONDUCTORONE_CLIENT_ID"), valueIn(env, "CONDUCTORONE_CLIENT_SECRET")],
  ];
  return pairs.filter(([user, secret]) => user !== undefined && secret !== undefined).map((pair) => pair.join(":"));
}
