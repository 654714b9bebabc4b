import { RespondError, type RespondFn } from "@slack/bolt";
import { outcomeOf } from "./call.ts";
import type { SlackContext } from "./context.ts";
import { type Form, plainForm, postToOne } from "./post.ts";
import type { Message } from "./views/message.ts";

/** The way to the person who asked, and to nobody else. */
export interface Aside {
  /**
   * Shows a message, in place of the note where Slack lets us. `once` is shown instead where `edit` could not change it any more. Throws
   * when there is no way to this person.
   */
  say(message: Message, once?: Message): Promise<void>;
  /** Puts a message in the place of the pressed one, or beside it where Slack lets us not. Of a press alone. Throws as `say` does. */
  replace(message: Message): Promise<void>;
  /** Changes what was shown. Returns whether it could: Slack may let us no more. Throws what may go well another time. */
  edit(message: Message): Promise<boolean>;
  /** How often more `edit` is worth a try. */
  editsLeft(): number;
  /** Shows what is of use for a moment only. Throws when the response URL fails. */
  note(message: Message): Promise<void>;
  /** Takes the note back, where Slack lets us. Never throws. */
  takeBack(): Promise<void>;
}

export interface AsideParts {
  context: SlackContext;
  respond: RespondFn;
  user: string;
  channel?: string;
  /** Where in the channel the person is looking. */
  threadTs?: string;
  /**
   * `command`: what the response URL replaces and deletes is what it brought about. `press`: it is the message with the button,
   * so nothing but `replace` may replace it.
   */
  kind: "command" | "press";
}

/**
 * Goes through the response URL, and past it where that fails: it takes five posts within 30 minutes.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export function createAside({ context, respond, user, channel, threadTs, kind }: AsideParts): Aside {
  const { web, log, metrics } = context;
  let hasNote = false;
  let isEditable = false;
  let uses = 0;

  async function send(args: Parameters<RespondFn>[0]): Promise<void> {
    uses += 1;
    try {
      await respond(args);
      metrics.slackCalls.inc({ method: RESPONSE_URL, outcome: "ok" });
    } catch (error) {
      const outcome = error instanceof RespondError ? `http_${error.statusCode}` : outcomeOf(error);
      metrics.slackCalls.inc({ method: RESPONSE_URL, outcome });
      throw error;
    }
  }

  function sendForm(form: Form, replaces: boolean): Promise<void> {
    return send({ response_type: "ephemeral", replace_original: replaces, thread_ts: threadTs, ...form });
  }

  const replacesNote = () => kind === "command" && hasNote;

  /** Slack answers 400 to blocks that it does not take. */
  async function sendMessage({ text, blocks, classic }: Message, replaces: boolean): Promise<void> {
    try {
      await sendForm({ text, blocks: classic ?? blocks }, replaces);
    } catch (error) {
      if (!(error instanceof RespondError) || error.statusCode !== 400) throw error;
      await sendForm(plainForm(text), replaces);
    }
  }

  async function say(message: Message, once = message): Promise<void> {
    try {
      await sendMessage(message, replacesNote());
      hasNote = false;
      isEditable = kind === "command";
    } catch (error) {
      if (channel === undefined) throw error;
      log.warn({ err: error }, "the response URL failed");
      isEditable = false;
      await postToOne(web, { channel, threadTs }, user, once);
    }
  }

  return {
    say,
    async replace(message) {
      try {
        await sendMessage(message, true);
      } catch (error) {
        log.warn({ err: error }, "a pressed message could not be replaced");
        await say(message);
      }
    },
    async edit(message) {
      if (!isEditable) return false;
      try {
        await sendMessage(message, true);
        return true;
      } catch (error) {
        // It was used up, its half hour is over, or the message is gone.
        if (error instanceof RespondError && error.statusCode === 404) return false;
        throw error;
      }
    },
    editsLeft: () => (isEditable ? RESPONSE_URL_USES - uses : 0),
    async note(message) {
      await sendMessage(message, replacesNote());
      hasNote = true;
    },
    async takeBack() {
      if (kind === "press" || !hasNote) return;
      try {
        await send({ delete_original: true });
        hasNote = false;
      } catch (error) {
        log.warn({ err: error }, "a note could not be taken back");
      }
    },
  };
}

const RESPONSE_URL = "response_url";
const RESPONSE_URL_USES = 5;
