import type { TransportRule } from "./rule.ts";

/**
 * Texts that borrow the words of a broken connection and tell of another: what a proxy says of its upstream, an application of its database, a platform of
 * its own clock. They are for the rules of platforms and for the general path.
 */
export const NOT_OURS: TransportRule = {
  cause: { id: "not-ours", category: "unknown", title: "Told elsewhere", nextStep: "Nothing for {provider} here." },
  any: [
    "upstream | task timed out after | gateway timeout | gateway time out | lock wait timeout | statement timeout | session timed out | session timeout",
    "function timed out | function invocation | worker timeout | worker exceeded | script timed out | a timeout occurred error code | execution time limit",
    "postgres | postgresql | PostgreSQL | mysql | MySQL | RabbitMQ | mariadb | redis | mongo | mongodb | mongoose | rabbitmq | amqp | kafka | jdbc | sqlstate",
    "database | sql server | oracle | ora | active record | elasticsearch | memcached | ldap | smtp | imap | query timed out | query timeout | transaction",
    "deadlock | hikari | hikari pool | prisma | sequelize | knex | session expired | session has expired",
    "token has expired | token expired | jwt expired | link expired | subscription expired | license expired | trial expired | password expired | signature expired",
  ],
  not: [
    "http response | status line | expected http | handshake | dns query timed out | lookup | @url gateway timeout $ | proxy | tunnel",
  ],
};
