import { valuesOf } from "../keep.ts";
import { platform } from "../rule.ts";
import { LOOK } from "./steps.ts";

const KEY = "Put a valid key of the account into {webhook}";

/** Queues, and what the databases behind apps say. */
export const DATABASES = [
  ...platform("RabbitMQ", "https://www.rabbitmq.com/docs/management", [
    {
      id: "rabbitmq",
      when: { fields: { error: ["not_authorised", "not_authorized", "object not found"], reason: true } },
      keep: valuesOf("error", "reason"),
      told: ["as said", "RabbitMQ: {1}", "Check vhost, exchange and user of {webhook} at {receiver}"],
    },
  ]),
  ...platform("Kafka REST", "https://docs.confluent.io/platform/current/kafka-rest/api.html", [
    {
      id: "kafka-rest",
      when: { fields: { error_code: true, message: true } },
      keep: ({ fields }) => {
        const code = fields.find(({ path }) => path === "error_code")?.value ?? "";
        return fields.length === 2 && /^\d{5}$/.test(code) ? [code] : undefined;
      },
      told: ["as said", "Kafka REST {1}", LOOK],
    },
  ]),
  ...platform("Algolia", "https://www.algolia.com/doc/", [
    {
      id: "algolia",
      when: { text: ["invalid application-id or api key"] },
      told: ["auth", "Algolia: id or key is not valid", KEY],
    },
  ]),
  ...platform("App database", "https://www.postgresql.org/docs/current/errcodes-appendix.html", [
    {
      id: "app-database-slots",
      when: {
        text: ["remaining connection slots are reserved", "sorry, too many clients already", "too many connections"],
        codes: [500, 502, 503],
      },
      told: [
        "server_error",
        "The app's database takes no more connections",
        "Pool the connections of the app at {receiver}, or raise the database's limit",
      ],
    },
    {
      id: "app-database-deadlock",
      when: { text: ["deadlock detected", "deadlock found when trying to get lock"] },
      told: [
        "server_error",
        "Two transactions of the app lock each other",
        "Order the writes of the app at {receiver}, and let it repeat the transaction",
      ],
    },
    {
      id: "app-database-lock-timeout",
      when: { text: ["lock wait timeout exceeded"] },
      told: [
        "server_error",
        "The app waited too long for a lock of its database",
        "Find the long transaction in the database of {receiver}",
      ],
    },
    {
      id: "app-database-read-only",
      when: {
        text: [
          "cannot execute insert in a read-only transaction",
          "cannot execute update in a read-only transaction",
          "read only replica",
          "running with the --read-only option",
        ],
      },
      told: ["server_error", "The app's database is read-only", "Point the app at {receiver} to the primary"],
    },
  ]),
];
