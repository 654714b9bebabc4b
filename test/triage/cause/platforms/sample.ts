import { type Evidence, evidenceOf } from "../../../../src/triage/cause/evidence.ts";
import type { CauseCategory } from "../../../../src/triage/cause.ts";

/** An answer, and the cause that the table of platforms is to name. A body that is an object is sent as JSON. */
export type Sample = readonly [
  id: string,
  category: CauseCategory,
  statusCode: number,
  body: string | object,
  headers?: Readonly<Record<string, string>>,
];

export function evidenceFrom([, , statusCode, body, headers = {}]: Sample): Evidence {
  return evidenceOf({
    statusCode,
    response: {
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
      body: typeof body === "string" ? body : JSON.stringify(body),
      truncated: false,
    },
  });
}

/** A page with a title, a heading and lines. */
export function page(title: string, ...lines: readonly string[]): string {
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1>${lines.map((line) => `<p>${line}</p>`).join("")}</body></html>`;
}

/** As nginx and those who took its pages write them. */
export function nginxPage(title: string, foot: string): string {
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>${foot}</center>\r\n</body>\r\n</html>\r\n`;
}
