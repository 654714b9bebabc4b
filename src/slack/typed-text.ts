/** What a person typed: Slack escapes three characters in the text of commands. https://docs.slack.dev/messaging/formatting-message-text */
export function typedText(text: string | undefined): string {
  return (text ?? "").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&").trim();
}
