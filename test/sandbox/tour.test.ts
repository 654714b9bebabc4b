import { expect, it } from "vitest";
import { openStage } from "../../sandbox/stage.ts";
import { TOUR_PACE, tellTour } from "../../sandbox/tour.ts";

/** It happens in real time, beside whatever else this machine does. Milliseconds. */
const TOUR_WITHIN_MS = 90_000;

it(
  "the tour tells of both providers to its end",
  async () => {
    const stage = await openStage({ conductorone: true, collects: false, pace: { ...TOUR_PACE, deadlineMs: 20_000 } });
    const lines: string[] = [];
    try {
      await tellTour(stage, (line) => lines.push(line));
    } finally {
      await stage.close();
    }
    const told = lines.join("\n");
    expect(told.match(/^\d\. /gm)).toHaveLength(7);
    expect(told).toMatch(/\d+ access requests fell back to manual provisioning/);
    expect(told).toMatch(/They are one issue because of the same webhook and the same signature/);
    expect(told).toMatch(/50 attempts · fatal error/);
    expect(told).toMatch(/http:\/\/127\.0\.0\.1:\d+\/task\/\d+/);
    expect(told).toMatch(/Access request \d+: /);
    expect(told).toMatch(/provisioning by hand: under way/);
    expect(told).toContain("Not everything is known");
    expect(told).toMatch(/Zendesk webhooks asked about: (partly )?unknown/);
    expect(told).not.toMatch(/ConductorOne webhooks asked about/);
    expect(told).not.toContain("Reading the providers' logs");
  },
  TOUR_WITHIN_MS,
);
