import { all, masked, matched, valuesOf } from "../keep.ts";
import { type Keeper, platform, type Told } from "../rule.ts";
import { NEW_URL } from "./steps.ts";

const DISCORD_CODES: Record<string, Told> = {
  "10015": ["gone_or_moved", "Discord: the webhook was deleted", NEW_URL],
  "10003": ["not_found", "Discord: there is no such channel", NEW_URL],
  "50006": ["bad_request", "Discord: the message is empty", "Send content, embeds or a file from {webhook}"],
  "50027": ["auth", "Discord: the webhook's token is wrong", NEW_URL],
  "50001": ["auth", "Discord: the bot has no access", "Give the bot of {webhook} access to the channel in Discord"],
  "50013": ["auth", "Discord: the bot lacks a permission", "Give the bot the permission in the channel"],
  "30007": [
    "platform_quota_or_sleep",
    "Discord: the channel has its 15 webhooks",
    "Delete webhooks of the channel that nobody uses",
  ],
  "40005": ["payload_too_large", "Discord: the payload is too large", "Send smaller files from {webhook}"],
  "20029": [
    "rate_limited",
    "Discord: too many writes to the channel",
    "Slow {webhook} down: let it send fewer events to {receiver}",
  ],
  "40062": ["rate_limited", "Discord: rate limited", "Slow {webhook} down: let it send fewer events to {receiver}"],
};

/** What it says beside its codes. */
const DISCORD_SENTENCES: Record<string, string> = {
  "cannot send an empty message": "50006",
  "unknown webhook": "10015",
  "invalid webhook token": "50027",
  "must be 2000 or fewer in length.": "50035 content",
  "maximum number of webhooks reached (15)": "30007",
};

const discordFaults: Keeper = (seen) => {
  const code =
    seen.fields.find(({ path }) => path === "code")?.value ??
    /(?:DiscordAPIError\[|error code: )(\d{4,6})[\])]/.exec(seen.text)?.[1];
  if (code === undefined || code === "0") return undefined;
  const logged = [
    ...seen.text
      .slice(0, 1_000)
      .matchAll(/(?:^|\s)(?:In )?([a-z][a-z_]{1,30}(?:\.\w{1,30}|\[\d{1,2}\]){0,4})(?:\[[A-Z_]{3,40}\])?: (?=[A-Z])/g),
  ];
  const faults = seen.fields
    .filter(({ path }) => path.endsWith("_errors.code"))
    .map(({ path }) =>
      path
        .split(".")
        .filter((part) => !/^(?:errors|_errors|code|\d+)$/.test(part))
        .join("."),
    );
  const told = faults.length > 0 ? faults : logged.map(([, field = ""]) => field.replace(/\.\d+|\[\d+\]/g, ""));
  return [code, ...new Set(code === "50035" ? told : faults)].slice(0, 4);
};

const telegramWords: Keeper = ({ text }) => {
  const [, said] =
    /(?:bad request|forbidden|unauthorized|conflict|not found|too many requests)(?:: |$)([^\n"]{0,120})/i.exec(text) ??
    [];
  return said === undefined ? undefined : [masked(said.replace(/ at byte offset.{0,40}$/i, ""))];
};

/** Chats with webhooks of their own. */
export const CHAT = [
  ...platform("Discord", "https://docs.discord.com/developers/topics/opcodes-and-status-codes", [
    {
      id: "discord-rate-limited",
      when: [
        { text: ["you are being rate limited"], fields: { retry_after: true } },
        { is: ["you are being rate limited."] },
      ],
      told: [
        "rate_limited",
        "Discord 429: too many posts to the webhook",
        "Slow {webhook} down: five posts in two seconds is what Discord takes",
      ],
    },
    {
      id: "discord",
      when: [
        { fields: { "/code": Object.keys(DISCORD_CODES), "/message": true } },
        { text: ["discordapierror", "(error code: "] },
        { fields: { message: "invalid form body", code: "50035" } },
      ],
      keep: discordFaults,
      known: DISCORD_CODES,
      told: [
        "bad_request",
        "Discord refused the message: {1}",
        "Compare the payload of {webhook} with Discord's documentation of webhooks",
      ],
    },
    {
      id: "discord",
      when: { text: Object.keys(DISCORD_SENTENCES), notText: ["teams"] },
      keep: ({ lowerText, lines }) => {
        const code = lines.length === 1 ? DISCORD_SENTENCES[lowerText] : undefined;
        return code === undefined ? undefined : code.split(" ");
      },
      known: DISCORD_CODES,
      told: [
        "bad_request",
        "Discord refused the message: {1}",
        "Compare the payload of {webhook} with Discord's documentation of webhooks",
      ],
    },
  ]),
  ...platform("Telegram", "https://core.telegram.org/bots/api#making-requests", [
    {
      id: "telegram-429-retry-after",
      when: [
        { fields: { ok: "false", error_code: "429" } },
        { text: ["too many requests: retry after", "flood control exceeded"] },
      ],
      told: [
        "rate_limited",
        "Telegram 429: too many messages",
        "Slow {webhook} down: 30 messages a second, 20 a minute to a group",
      ],
    },
    {
      id: "telegram-chat-not-found",
      when: { text: ["chat not found"] },
      told: [
        "not_found",
        "Telegram: there is no such chat",
        "Correct the chat id in {webhook}, and let the bot be in the chat",
      ],
    },
    {
      id: "telegram-blocked",
      when: {
        text: [
          "bot was blocked by the user",
          "bot was kicked from",
          "bot can't initiate conversation with a user",
          "user is deactivated",
        ],
      },
      keep: matched(/bot (was blocked|was kicked|can't initiate)|(user is deactivated)/i),
      told: ["blocked", "Telegram 403: the bot {1}", "Let the receiver add or unblock the bot"],
    },
    {
      id: "telegram-upgraded",
      when: { text: ["group chat was upgraded to a supergroup chat"] },
      told: ["gone_or_moved", "Telegram: the group became a supergroup", "Put the new chat id into {webhook}"],
    },
    {
      id: "telegram-unauthorized",
      when: { fields: { ok: "false", error_code: ["401", "404"], description: ["unauthorized", "not found"] } },
      told: ["auth", "Telegram: the bot's token is not valid", "Put the token that BotFather shows into {webhook}"],
    },
    {
      id: "telegram",
      when: { codes: [400], fields: { ok: "false", error_code: true, description: true } },
      keep: all(valuesOf("error_code"), telegramWords),
      told: [
        "bad_request",
        "Telegram {1}",
        "Compare the payload of {webhook} with Telegram's documentation of this method",
      ],
    },
    {
      id: "telegram",
      when: { fields: { ok: "false", error_code: true, description: true } },
      keep: all(valuesOf("error_code"), telegramWords),
      told: [
        "as said",
        "Telegram {1}",
        "Compare the payload of {webhook} with Telegram's documentation of this method",
      ],
    },
  ]),
  ...platform("Mattermost", "https://github.com/mattermost/mattermost/blob/master/server/i18n/en.json", [
    {
      id: "mattermost",
      when: { text: ["app_error"], fields: { id: true, message: true } },
      keep: ({ fields }) => {
        const id = fields.find(({ path }) => path === "id")?.value ?? "";
        return /\.app_error$/.test(id)
          ? [id.replace(/^(?:web|api|model|app|store)\./, "").replace(/\.app_error$/, "")]
          : undefined;
      },
      known: {
        "incoming-webhook-channel": [
          "not_found",
          "Mattermost: there is no such channel",
          "Correct the channel in the payload of {webhook}, or make it open to the webhook",
        ],
        "incoming-webhook-invalid": ["gone_or_moved", "Mattermost: the webhook is not valid any more", NEW_URL],
        "incoming-webhook-disabled": [
          "gone_or_moved",
          "Mattermost: incoming webhooks are disabled",
          "Enable incoming webhooks in the system console of {receiver}",
        ],
        "incoming-webhook-permissions": [
          "auth",
          "Mattermost: the webhook may not post there",
          "Add the webhook's creator to the channel",
        ],
        "incoming-webhook-text": [
          "bad_request",
          "Mattermost: the payload has no text",
          "Add text or attachments to the payload of {webhook}",
        ],
        "incoming-webhook-parse": [
          "bad_request",
          "Mattermost: it cannot read the payload",
          'Send {"text": …} as JSON from {webhook}',
        ],
      },
      told: ["as said", "Mattermost: {1}", "Look the id {1} up in the log of {receiver}"],
    },
  ]),
];
