// The Slack CLI wants the manifest as JSON. https://github.com/slackapi/slack-cli/blob/main/.github/cli-sdk-specification.md
import { readFileSync } from "node:fs";
import { parse } from "yaml";

console.log(JSON.stringify(parse(readFileSync(new URL("../manifest.yml", import.meta.url), "utf8"))));
