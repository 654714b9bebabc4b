import type { Fault, Faults } from "../slack/faults.ts";

export interface ArmedParts {
  faults: Faults;
  sockets: { readonly isStalled: boolean };
}

/** What Slack will still do wrong, in words. */
export function armedIn({ faults, sockets }: ArmedParts): string[] {
  return [
    ...faults.failuresLeft().flatMap(([method, left]) => failing(method, left)),
    ...faults.limitsLeft().map(([method, calls]) => turnedAway(method, calls)),
    ...(sockets.isStalled ? ["The bot hears nothing, until it notices and connects anew."] : []),
  ];
}

/** In the order in which it comes, with those in a row that fail alike as one. */
function failing(method: string, faults: readonly Fault[]): string[] {
  const rows: { fate: string; calls: number }[] = [];
  for (const fault of faults) {
    const fate = fateOf(fault);
    const last = rows.at(-1);
    if (last?.fate === fate) last.calls += 1;
    else rows.push({ fate, calls: 1 });
  }
  return rows.map(({ fate, calls }, row) => {
    const which = `${row === 0 ? "The" : "Then the"} next${calls === 1 ? "" : ` ${calls}`}`;
    if (method === "views.open" && fate === TOO_LATE)
      return `${which} ${calls === 1 ? "form comes" : "forms come"} too late.`;
    return `${which} ${calls === 1 ? "call" : "calls"} of ${method}: ${fate}.`;
  });
}

const TOO_LATE = "expired_trigger_id";

function fateOf(fault: Fault): string {
  switch (fault) {
    case "drop":
      return "not done, and the connection is cut";
    case "drop-after-post":
      return "done, then the connection is cut";
    case "timeout-after-post":
      return "done, and never answered";
    default:
      return "error" in fault ? fault.error : `HTTP ${fault.status}`;
  }
}

function turnedAway(method: string, calls: number): string {
  const what = method === "chat.postMessage" ? "message" : `call of ${method}`;
  return `Slack turns away ${calls} more ${calls === 1 ? what : what.replace(/^\w+/, "$&s")}.`;
}
