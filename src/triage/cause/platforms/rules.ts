import type { PlatformRule } from "./rule.ts";
import { ALERTS } from "./table/alerts.ts";
import { APACHE_IIS } from "./table/apache-iis.ts";
import { API_GATEWAYS } from "./table/api-gateways.ts";
import { AUTOMATION } from "./table/automation.ts";
import { AWS } from "./table/aws.ts";
import { AWS_APPS } from "./table/aws-apps.ts";
import { AWS_LOAD_BALANCER } from "./table/aws-load-balancer.ts";
import { AZURE } from "./table/azure.ts";
import { AZURE_EDGE } from "./table/azure-edge.ts";
import { BOT_WALLS } from "./table/bot-walls.ts";
import { CHAT } from "./table/chat.ts";
import { CIRCUIT_BREAKERS } from "./table/circuit-breakers.ts";
import { CLOUDFLARE, CLOUDFLARE_OWN_CODES } from "./table/cloudflare.ts";
import { CLOUDFRONT } from "./table/cloudfront.ts";
import { CODE_HOSTS } from "./table/code-hosts.ts";
import { CRM } from "./table/crm.ts";
import { DATA } from "./table/data.ts";
import { DATABASES } from "./table/databases.ts";
import { DJANGO } from "./table/django.ts";
import { DOTNET } from "./table/dotnet.ts";
import { EDGES } from "./table/edges.ts";
import { ENVOY } from "./table/envoy.ts";
import { EXPRESS } from "./table/express.ts";
import { FIREWALLS } from "./table/firewalls.ts";
import { GO } from "./table/go.ts";
import { GOOGLE_APIS } from "./table/google-apis.ts";
import { GOOGLE_CLOUD } from "./table/google-cloud.ts";
import { HAPROXY } from "./table/haproxy.ts";
import { HEROKU } from "./table/heroku.ts";
import { HOSTS } from "./table/hosts.ts";
import { IDENTITY } from "./table/identity.ts";
import { JVM } from "./table/jvm.ts";
import { KONG } from "./table/kong.ts";
import { LARAVEL } from "./table/laravel.ts";
import { MAIL } from "./table/mail.ts";
import { MICROSOFT_TEAMS } from "./table/microsoft-teams.ts";
import { MORE_CHAT } from "./table/more-chat.ts";
import { NGINX } from "./table/nginx.ts";
import { NODE } from "./table/node.ts";
import { PAYMENTS } from "./table/payments.ts";
import { PHP } from "./table/php.ts";
import { PYTHON } from "./table/python.ts";
import { RAILS } from "./table/rails.ts";
import { RUST_ELIXIR } from "./table/rust-elixir.ts";
import { SALESFORCE } from "./table/salesforce.ts";
import { SERVERS } from "./table/servers.ts";
import { SLACK } from "./table/slack.ts";
import { SMALL_HOSTS } from "./table/small-hosts.ts";
import { SQUID } from "./table/squid.ts";
import { TUNNELS } from "./table/tunnels.ts";
import { VALIDATORS } from "./table/validators.ts";
import { VERCEL } from "./table/vercel.ts";
import { WORK } from "./table/work.ts";

/**
 * Every rule, in the order in which they decide: who stands nearest to the sender first, apps last; within a platform, what is
 * special before what is general.
 */
export const PLATFORM_RULES: readonly PlatformRule[] = [
  ...FIREWALLS,
  ...BOT_WALLS,
  ...TUNNELS,
  ...CLOUDFLARE,
  ...CLOUDFRONT,
  ...EDGES,
  ...SQUID,
  ...AWS_LOAD_BALANCER,
  ...AWS_APPS,
  ...AWS,
  ...AZURE_EDGE,
  ...AZURE,
  ...GOOGLE_CLOUD,
  ...GOOGLE_APIS,
  ...HEROKU,
  ...VERCEL,
  ...HOSTS,
  ...SMALL_HOSTS,
  ...HAPROXY,
  ...ENVOY,
  ...KONG,
  ...API_GATEWAYS,
  ...SLACK,
  ...MICROSOFT_TEAMS,
  ...CHAT,
  ...MORE_CHAT,
  ...AUTOMATION,
  ...PAYMENTS,
  ...IDENTITY,
  ...SALESFORCE,
  ...CRM,
  ...CODE_HOSTS,
  ...WORK,
  ...MAIL,
  ...ALERTS,
  ...DATA,
  ...DATABASES,
  ...CIRCUIT_BREAKERS,
  ...EXPRESS,
  ...VALIDATORS,
  ...NODE,
  ...DJANGO,
  ...PYTHON,
  ...RAILS,
  ...LARAVEL,
  ...PHP,
  ...JVM,
  ...DOTNET,
  ...GO,
  ...RUST_ELIXIR,
  ...NGINX,
  ...APACHE_IIS,
  ...SERVERS,
  ...CLOUDFLARE_OWN_CODES,
];
