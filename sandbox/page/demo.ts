import { openStage, type Stage, type StageOptions } from "../stage.ts";
import { startDemoClock } from "./demo-clock.ts";
import { startPage } from "./server.ts";

/** The bot, everything around it, and the page on which both can be seen. */
export interface Demo {
  /** Of the page, without a slash at the end. */
  url: string;
  stage: Stage;
  close(): Promise<void>;
}

export interface DemoOptions {
  /** When its time begins; now unless told. */
  startsAt?: Date;
  /** Its time stands still until it is moved. */
  isStill?: boolean;
  /** Known ports, so that commands can be kept; any free ones otherwise. */
  hasKnownPorts?: boolean;
}

const PORTS = { page: 4000, slack: 4100, zendesk: 4200, conductorone: 4300 };

/** On known ports, or on any free ones when those are taken. */
export async function openDemo(options: DemoOptions = {}): Promise<Demo> {
  const { hasKnownPorts = true } = options;
  try {
    return await open(options, hasKnownPorts);
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    if (!isTaken || !hasKnownPorts) throw error;
    return open(options, false);
  }
}

async function open({ startsAt, isStill = false }: DemoOptions, hasKnownPorts: boolean): Promise<Demo> {
  await using opened = new AsyncDisposableStack();
  const clock = startDemoClock(startsAt, { isStill });
  opened.defer(() => clock.stop());
  const ports: StageOptions = hasKnownPorts
    ? { slackPort: PORTS.slack, zendeskPort: PORTS.zendesk, conductorone: { port: PORTS.conductorone } }
    : { conductorone: true };
  const stage = await openStage({ ...ports, now: clock.now, queueClock: clock.queueClock });
  opened.defer(() => stage.close());
  const page = await startPage({ stage, clock, port: hasKnownPorts ? PORTS.page : 0 });
  opened.defer(() => page.close());
  const all = opened.move();
  return { url: page.url, stage, close: () => all.disposeAsync() };
}
