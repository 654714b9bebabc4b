import { describe, expect, it } from "vitest";
import { formatWindow } from "../../src/triage/time-range.ts";
import { windowOf } from "../../src/triage/window.ts";

describe("a window in words", () => {
  const at = (text: string) => Date.parse(text);
  it.each([
    [
      "2026-11-20T08:00Z",
      "2026-11-21T08:00Z",
      "Europe/Berlin",
      "Fri 20 Nov 2026 09:00 – Sat 21 Nov 2026 09:00 (Europe/Berlin, UTC+1)",
    ],
    [
      "2026-11-20T08:00Z",
      "2026-11-21T08:00Z",
      "Asia/Kolkata",
      "Fri 20 Nov 2026 13:30 – Sat 21 Nov 2026 13:30 (Asia/Kolkata, UTC+5:30)",
    ],
    [
      "2026-11-20T08:00Z",
      "2026-11-21T08:00Z",
      "America/New_York",
      "Fri 20 Nov 2026 03:00 – Sat 21 Nov 2026 03:00 (America/New_York, UTC-5)",
    ],
    ["2026-11-20T08:00Z", "2026-11-21T08:00Z", "UTC", "Fri 20 Nov 2026 08:00 – Sat 21 Nov 2026 08:00 (UTC)"],
    [
      "2026-10-24T22:00Z",
      "2026-10-25T23:00Z",
      "Europe/Berlin",
      "Sun 25 Oct 2026 00:00 – Mon 26 Oct 2026 00:00 (Europe/Berlin, UTC+2, then UTC+1)",
    ],
    [
      "2026-11-20T08:00:01Z",
      "2026-11-20T08:00:31Z",
      "UTC",
      "Fri 20 Nov 2026 08:00:01 – Fri 20 Nov 2026 08:00:31 (UTC)",
    ],
    ["2026-11-20T08:00Z", "2026-11-21T08:00Z", "Nowhere/Land", "Fri 20 Nov 2026 08:00 – Sat 21 Nov 2026 08:00 (UTC)"],
  ])("%s to %s in %s", (from, to, zone, expected) => {
    expect(formatWindow(windowOf(at(from), at(to)), zone)).toBe(expected);
  });
});
