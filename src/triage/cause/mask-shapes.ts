/** Whether a word has the shape of a host name, with a port or without. Class names and dotted field names have not. */
export function isHost(word: string): boolean {
  if (/^localhost(?::\d{1,5})?$/i.test(word)) return true;
  const [, end] = /^[a-z0-9*](?:[a-z0-9-]{0,62}\.)+([a-z]{2,24})(?::\d{1,5})?$/i.exec(word) ?? [];
  if (end === undefined) return false;
  const labels = word.split(".").length;
  if (END_OF_HOST.has(end)) return true;
  // Two letters end hosts of countries, and also `user.id`.
  return end.length === 2 && end === end.toLowerCase() && !(labels === 2 && LIKE_FIELDS.has(end));
}

const END_OF_HOST = new Set(
  (
    "com net org edu gov mil int info biz io dev app cloud tech online site store shop xyz live page link click run host pro agency " +
    "studio digital systems solutions services support network space website blog news media health bank finance energy email " +
    "world zone team tools works chat games email local localdomain internal intranet lan corp home svc cluster test example invalid"
  ).split(" "),
);

const LIKE_FIELDS = new Set("id in is to at by no as so it me us my be do go".split(" "));

/**
 * Whether a word with digits is an id rather than a name: long, or switching between letters and digits. `H12`, `ERR_NGROK_3200`,
 * `ORA-00942`, `utf8`, `sha256` and `us-east-1` are names.
 */
export function isId(word: string): boolean {
  if (/^[A-Z]+(?:[_.-][A-Z]+){0,12}[_-]?\d{1,6}$/.test(word)) return false;
  if (/^[A-Za-z]+(?:[_.-][A-Za-z]+){0,12}[_-]?\d{1,4}$/.test(word) && !isHexadecimal(word)) return isJumbled(word);
  if (/^[A-Z][A-Z0-9]{0,12}(?:[_-][A-Z0-9]{1,20}){1,10}$/.test(word) && /[A-Z]{3}/.test(word) && digits(word) <= 6)
    return false;
  if (/^\d{1,4}(?:st|nd|rd|th|x|xx)$/i.test(word)) return false;
  if (isHexadecimal(word)) return true;
  if (/^[0-9a-f]{2,}(?:[-:][0-9a-f]{2,})+$/i.test(word)) return true;
  return word.length >= 6 && (switches(word) >= 3 || word.length >= 16 || digits(word) >= 6);
}

/** Capitals and small letters as they fall: small ones stand alone between capitals more than once, which no word has. */
function isJumbled(word: string): boolean {
  return word.length >= 10 && (word.match(/[A-Z][a-z](?=[A-Z])/g)?.length ?? 0) >= 2;
}

function isHexadecimal(word: string): boolean {
  return /^(?:0x)?[0-9a-f]{7,}$/i.test(word) && /\d/.test(word);
}

function digits(word: string): number {
  let count = 0;
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    if (code >= 48 && code <= 57) count += 1;
  }
  return count;
}

/** How often letters and digits take turns. */
function switches(word: string): number {
  return word.match(/[A-Za-z]\d|\d[A-Za-z]/g)?.length ?? 0;
}
