/** What `cli` and `cli --help` print. */
export const HELP = `Usage: npm run --silent cli -- <command> [terms] [time range] [--json]

  failures [terms] [time range]       issues, worst first
  invocations [terms] [time range]    failed invocations one by one, newest first
  attempts <provider> <webhookId> <invocationId>
                                      the attempt history of one invocation
  webhooks [names] [time range]       webhooks and how they fare
  test <provider> <webhookId>         sends one test delivery to one webhook, once you have confirmed it
  doctor                              whether all is set up as it should be, and how to mend what is not

  --json                  one JSON document on stdout
  --evidence sample|all   "all" reads the attempts of every failed invocation
  --yes                   sends a test without asking
  --help                  this text

terms   provider:zendesk 'webhook:"Jira sync"' status:terminated code:5xx 'event:ticket.*' cause:timeout state:open
        a leading - negates; free words match webhook names
time    last 24h · last 7 days · since 9am · yesterday · this morning · 2026-11-20
        from 2026-11-19 14:00 to 2026-11-20 09:00

Exit codes
  0: answered
  1: a provider failed, part of the window is unknown, or doctor found a fault
  2: bad usage or configuration
  130: interrupted, or you said no to a test`;
