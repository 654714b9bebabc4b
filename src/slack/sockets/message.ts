import { z } from "zod";

/** What comes through a connection. https://docs.slack.dev/apis/events-api/using-socket-mode */
const message = z.object({
  type: z.string(),
  /** Of a `disconnect`. */
  reason: z.string().optional(),
  envelope_id: z.string().optional(),
  payload: z.record(z.string(), z.unknown()).optional(),
  retry_attempt: z.number().optional(),
  retry_reason: z.string().optional(),
  debug_info: z.object({ approximate_connection_time: z.number().optional() }).optional(),
});

export type SocketMessage = z.infer<typeof message>;

/** `undefined` for what makes no sense. */
export function readMessage(text: string): SocketMessage | undefined {
  try {
    return message.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
