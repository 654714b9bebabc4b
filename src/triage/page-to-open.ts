/**
 * An address that people may be offered to open: `https`, or `http` on this machine, without credentials. `undefined` for
 * everything else. Only addresses that we built go in here, never such as stand in text from outside.
 */
export function pageToOpen(url: string | undefined): string | undefined {
  if (url === undefined || url.length > LONGEST || !URL.canParse(url)) return undefined;
  const { href, protocol, hostname, username, password } = new URL(url);
  const isSafe = protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname));
  return isSafe && username === "" && password === "" ? href : undefined;
}

const LONGEST = 1_000;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
