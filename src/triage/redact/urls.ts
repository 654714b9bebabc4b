import { isHarmlessValue, MASK, type Tally } from "./names.ts";

/** URL paths that are passwords: whoever knows them can post. The last group is the secret. */
const SECRET_PATHS =
  /(hooks\.slack\.com(?:\/|\\\/|%2F)(?:services|workflows|triggers)(?:\/|\\\/|%2F)\w{1,32}(?:\/|\\\/|%2F)\w{1,32}(?:\/|\\\/|%2F)|discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{1,24}\/|api\.telegram\.org\/bot\d{1,16}:|hooks\.zapier\.com\/hooks\/catch\/\d{1,16}\/|\/api\/v1\/webhooks\/callback\/|\/api\/v1\/webhooks\/incoming\/[\w-]{1,64}\/t\/|\/IncomingWebhook\/)([\w%~.=/-]{3,})/gi;

/** Paths of which one segment is the password. */
const SECRET_SEGMENTS =
  /(events(?:\.eu)?\.pagerduty\.com(?:\/|\\\/|%2F)integration(?:\/|\\\/|%2F)|hook\.(?:[a-z]{2}\d\.)?(?:make|integromat)\.com(?:\/|\\\/|%2F))[\w-]{3,}/gi;

/** Parameters that hold a secret in URLs, though elsewhere their names tell nothing. */
const PARAMETERS = /((?:[?&#;]|\\u0026|%3F|%26)(key|code|hmac|sv?c)(?:=|%3D))((?:[^&#;\s"'<>\\%]|%(?!2[26]))+)/gi;

export function maskSecretPaths(text: string, tally: Tally): string {
  const masked = text.replace(SECRET_PATHS, (_: string, kept: string) => kept + mask(tally));
  return masked.replace(SECRET_SEGMENTS, (_: string, kept: string) => kept + mask(tally));
}

/** `?key=…` and `&code=…`, status codes and names of errors excepted. */
export function maskParameters(text: string, tally: Tally): string {
  return text.replace(PARAMETERS, (whole: string, kept: string, name: string, value: string) =>
    isSecretParameter(name, value) ? kept + mask(tally) : whole,
  );
}

/** Whether a parameter of a URL or of a form holds a secret such as OAuth's `code`, as far as `isTellingName` does not know. */
export function isSecretParameter(name: string, value: string): boolean {
  if (!/^(?:key|code|hmac|sv?c)$/i.test(name) || isHarmlessValue(value)) return false;
  return !(/^code$/i.test(name) && /^(?:[1-5]\d\d|[a-z]+(?:[_-][a-z]+)+)$/.test(value));
}

const SCHEME_END = /:(?:\/\/|\\\/\\\/|\\\\\/\\\\\/)|%3A%2F%2F|:%2F%2F/gi;
const AUTHORITY_END = /[/\\?#\s"'<>`(),;]|%2F|$/gi;

/** `https://user:password@host` becomes `https://[redacted]@host`, in plain, JSON-escaped and percent-encoded text. */
export function maskUserInfo(text: string, tally: Tally): string {
  let out = "";
  let kept = 0;
  for (const match of text.matchAll(SCHEME_END)) {
    const from = match.index + match[0].length;
    AUTHORITY_END.lastIndex = from;
    const end = AUTHORITY_END.exec(text)?.index ?? text.length;
    const authority = text.slice(from, end);
    const at =
      match[0] === "://" ? Math.max(authority.lastIndexOf("@"), lateAt(text, match.index)) : authority.lastIndexOf("@");
    const encodedAt = match[0].startsWith(":") && !match[0].includes("%") ? -1 : authority.search(/%40/i);
    const length = at >= 0 ? at : encodedAt;
    if (from < kept || length <= 0 || text.startsWith(MASK, from)) continue;
    out += text.slice(kept, from) + mask(tally);
    kept = from + length;
  }
  return out + text.slice(kept);
}

const LONGEST_USER_INFO = 256;

/**
 * Where user info ends whose password holds a `/`, as people write it into connection strings: at the last `@` before a host.
 * Not behind a host with a port, and not on the web, where an `@` may stand in a path. -1 where there is none.
 */
function lateAt(text: string, schemeEnd: number): number {
  if (/(?:https?|wss?)$/i.test(text.slice(Math.max(0, schemeEnd - 5), schemeEnd))) return -1;
  const from = schemeEnd + "://".length;
  const rest = /^[^\\?\s"'<>`]*/.exec(text.slice(from, from + LONGEST_USER_INFO))?.[0] ?? "";
  const isPassword = /^[^:/@]*:(?!\d{1,5}(?:\/|$))(?![^/@]*@[\w.-]*:\d{1,5}\/)/.test(rest);
  return isPassword ? rest.search(/@[\w[.-][^@]*$/) : -1;
}

/** `curl -u user:password`; `docker run -u 1000:1000` names no password. */
const COMMAND_USER = /((?:^|\s)(?:-u|--user)(?: {1,4}|=)(?:\\{0,7}["'])?)([^\s:"'`<>\\]{0,128}:(?!\/\/)[^\s"'`<>\\]+)/g;

export function maskCommandUsers(text: string, tally: Tally): string {
  return text.replace(COMMAND_USER, (whole: string, kept: string, user: string) =>
    /^\d+:\d+$/.test(user) ? whole : kept + mask(tally),
  );
}

function mask(tally: Tally): string {
  tally.count += 1;
  return MASK;
}
