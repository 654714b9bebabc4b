import { all, messageOf, statusCode, valuesOf } from "../keep.ts";
import { platform } from "../rule.ts";
import { NEW_URL } from "./steps.ts";

/** Chats that answer with codes. */
export const MORE_CHAT = [
  ...platform("Rocket.Chat", "https://docs.rocket.chat/", [
    {
      id: "rocket-chat",
      when: {
        fields: {
          success: "false",
          error: ["invalid integration id or token provided.", "invalid-channel", "unknown-error"],
        },
      },
      keep: messageOf("error"),
      told: ["gone_or_moved", "Rocket.Chat: {1}", NEW_URL],
    },
  ]),
  ...platform("Webex", "https://developer.webex.com/docs/basics", [
    {
      id: "webex",
      when: { fields: { trackingId: true, message: true } },
      keep: all(statusCode, messageOf("message")),
      told: ["as said", "Webex {code}: {1}", "Look the message up in Webex's documentation"],
    },
  ]),
  ...platform("Zoom", "https://developers.zoom.us/docs/api/errors/", [
    {
      id: "zoom-team-chat",
      when: { text: ["incoming webhook"], fields: { code: true, message: true }, headers: { "x-zm-trackingid": true } },
      keep: valuesOf("code"),
      told: ["as said", "Zoom {1}", NEW_URL],
    },
  ]),
  ...platform("Feishu", "https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot", [
    {
      id: "feishu",
      when: { fields: { code: ["19001", "19002", "19021", "19022", "19024", "9499", "11232", "230001"], msg: true } },
      keep: valuesOf("code"),
      known: {
        "19001": ["gone_or_moved", "Feishu: the bot's address is not valid", NEW_URL],
        "19021": [
          "auth",
          "Feishu: the signature does not match",
          "Sign the messages of {webhook} with the bot's present secret",
        ],
        "19022": [
          "blocked",
          "Feishu: the sender's address is not allowed",
          "Add {provider}'s addresses to the bot's list",
        ],
        "19024": [
          "bad_request",
          "Feishu: the message lacks the bot's keyword",
          "Add the bot's keyword to the message of {webhook}",
        ],
        "11232": [
          "rate_limited",
          "Feishu: too many messages",
          "Slow {webhook} down: let it send fewer events to {receiver}",
        ],
      },
      told: ["bad_request", "Feishu {1}", "Look the code {1} up in Feishu's documentation"],
    },
  ]),
  ...platform("DingTalk", "https://open.dingtalk.com/document/orgapp/custom-robots-send-group-messages", [
    {
      id: "dingtalk",
      when: [{ fields: { errcode: ["300001", "310000", "400101", "130101", "400013", "400102"], errmsg: true } }],
      keep: valuesOf("errcode"),
      known: {
        "130101": ["rate_limited", "DingTalk: too many messages", "Send at most 20 messages a minute from {webhook}"],
        "310000": [
          "bad_request",
          "DingTalk: the message lacks keyword, signature or address",
          "Compare the keywords and addresses of the bot's security settings with what {webhook} sends",
        ],
        "400101": ["auth", "DingTalk: the bot's token is wrong", NEW_URL],
      },
      told: ["bad_request", "DingTalk {1}", "Look the code {1} up in DingTalk's documentation"],
    },
  ]),
  ...platform("WeCom", "https://developer.work.weixin.qq.com/document/path/90313", [
    {
      id: "wecom",
      when: { fields: { errcode: ["93000", "45009", "40008", "44004", "40058"], errmsg: true } },
      keep: valuesOf("errcode"),
      known: {
        "93000": ["gone_or_moved", "WeCom: the bot's URL is not valid", NEW_URL],
        "45009": ["rate_limited", "WeCom: too many messages", "Send at most 20 messages a minute from {webhook}"],
      },
      told: ["bad_request", "WeCom {1}", "Look the code {1} up in WeCom's documentation"],
    },
  ]),
];
