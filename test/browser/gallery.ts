import { mrkdwn, plain, richText, section } from "../sandbox/slack/samples.ts";

/** One of every block and element that an app may send in a message, as few messages as Slack's limits allow. */
export function gallery(imageId: string): { text: string; blocks: object[] }[] {
  const leaf = (text: string, style?: object) => ({ type: "text", text, ...(style && { style }) });
  const line = (...elements: object[]) => ({ type: "rich_text_section", elements });
  const item = (text: string) => line(leaf(text));
  const option = (value: string) => ({ text: plain(`Option ${value}`), value });
  const cells = (...texts: (string | number)[]) =>
    texts.map((value) =>
      typeof value === "string"
        ? { type: "raw_text", text: value }
        : { type: "raw_number", value, text: `${value} ms` },
    );
  const points = (...values: number[]) => values.map((value, index) => ({ label: `${9 + index}:00`, value }));
  const confirm = { title: plain("Really?"), text: mrkdwn("It *ends*."), confirm: plain("End it"), deny: plain("No") };
  const button = (text: string, more: object = {}) => ({ type: "button", action_id: text, text: plain(text), ...more });
  const card = (title: string) => ({
    type: "card",
    title: mrkdwn(`*${title}*`),
    subtitle: plain("Subtitle"),
    body: mrkdwn("Body"),
    subtext: mrkdwn("Subtext"),
    actions: [button(`On ${title}`)],
  });
  return [
    {
      text: "Classic blocks",
      blocks: [
        { type: "header", text: plain("Header") },
        section(
          "*bold* _italic_ ~strike~ `code` <https://example.com|link> <!date^1795190065^{date_long} {time}|then> :fire: :nope:",
        ),
        section("&gt; quoted\n```pre &lt;b&gt;```"),
        {
          type: "section",
          fields: [mrkdwn("*Left*\n1"), plain("Right")],
          accessory: { type: "image", slack_file: { id: imageId }, alt_text: "Beside" },
        },
        { type: "divider" },
        { type: "context", elements: [mrkdwn("Context <@U0DANA>"), plain("and plain")] },
        { type: "image", slack_file: { id: imageId }, alt_text: "A square", title: plain("Image title") },
        {
          type: "actions",
          elements: [
            button("Plain"),
            button("Primary", { style: "primary" }),
            button("Danger", { style: "danger", confirm }),
            button("Link", { url: "https://example.com/" }),
            { type: "overflow", action_id: "overflow", options: [option("one"), option("two")] },
            {
              type: "static_select",
              action_id: "select",
              placeholder: plain("Choose one"),
              options: [option("one"), option("two")],
            },
            {
              type: "multi_static_select",
              action_id: "many",
              placeholder: plain("Choose some"),
              options: [option("one")],
            },
            { type: "users_select", action_id: "user", placeholder: plain("Whom") },
            { type: "channels_select", action_id: "channel", placeholder: plain("Where") },
            { type: "datepicker", action_id: "date", initial_date: "2026-11-19" },
            { type: "timepicker", action_id: "time", initial_time: "09:00" },
            { type: "checkboxes", action_id: "boxes", options: [option("one")], initial_options: [option("one")] },
            { type: "radio_buttons", action_id: "radios", options: [option("one")] },
          ],
        },
        {
          type: "input",
          label: plain("In a message"),
          hint: plain("A hint"),
          element: { type: "plain_text_input", action_id: "input" },
        },
      ],
    },
    {
      text: "Rich text, a data table and charts",
      blocks: [
        richText(
          line(
            leaf("bold", { bold: true }),
            leaf(" code", { code: true }),
            leaf(" strike", { strike: true }),
            { type: "link", url: "https://example.com/", text: " link" },
            { type: "user", user_id: "U0DANA" },
            { type: "emoji", name: "wave" },
            { type: "broadcast", range: "here" },
            { type: "color", value: "#aa3377" },
            { type: "date", timestamp: 1795190065, format: "{date_num} {time}", fallback: "then" },
          ),
          { type: "rich_text_list", style: "bullet", elements: [item("bullet"), item("another")] },
          { type: "rich_text_list", style: "ordered", indent: 1, offset: 2, elements: [item("third")] },
          { type: "rich_text_quote", elements: [leaf("quoted")] },
          { type: "rich_text_preformatted", elements: [leaf("pre  formatted\n<b>not bold</b>")] },
        ),
        {
          type: "data_table",
          caption: "Figures by hour",
          page_size: 2,
          rows: [cells("Hour", "Took"), cells("nine", 20), cells("ten", 3), cells("eleven", 100)],
        },
        {
          type: "data_visualization",
          title: "Failures an hour",
          chart: {
            type: "bar",
            series: [
              { name: "failed", data: points(3, 9, 4) },
              { name: "pending", data: points(1, 2, 0) },
            ],
            axis_config: { categories: ["9:00", "10:00", "11:00"], y_label: "Failures", x_label: "Hour" },
          },
        },
        { type: "data_visualization", title: "By cause", chart: { type: "pie", segments: points(5, 3, 2) } },
      ],
    },
    {
      text: "The others",
      blocks: [
        {
          type: "markdown",
          text: "# Heading\n\n**bold** and `code`\n\n- one\n- [x] two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quote\n\n```\npre\n```",
        },
        {
          type: "table",
          column_settings: [{ align: "left" }, { align: "right" }],
          rows: [cells("Name", "Count"), [...cells("wide"), { type: "raw_number", value: 7, text: "7" }]],
        },
        {
          type: "data_visualization",
          title: "Line",
          chart: {
            type: "line",
            series: [{ name: "a", data: points(1, 5, 2) }],
            axis_config: { categories: ["9:00", "10:00", "11:00"] },
          },
        },
        {
          type: "data_visualization",
          title: "Area",
          chart: {
            type: "area",
            series: [{ name: "a", data: points(1, 5, 2) }],
            axis_config: { categories: ["9:00", "10:00", "11:00"] },
          },
        },
        card("Card"),
        { type: "carousel", elements: [card("First"), card("Second")] },
        { type: "container", title: plain("Container"), is_collapsible: true, child_blocks: [section("Inside")] },
        {
          type: "plan",
          title: "Plan",
          tasks: [{ type: "task_card", task_id: "1", title: "Task", status: "complete" }],
        },
        { type: "task_card", task_id: "2", title: "Alone", status: "in_progress", details: richText(item("details")) },
        {
          type: "context_actions",
          elements: [
            {
              type: "feedback_buttons",
              action_id: "feedback",
              positive_button: { text: plain("Good"), value: "1" },
              negative_button: { text: plain("Bad"), value: "0" },
            },
            { type: "icon_button", action_id: "icon", icon: "trash", text: plain("Remove") },
          ],
        },
        {
          type: "video",
          video_url: "https://example.com/v",
          thumbnail_url: "https://example.com/t.png",
          alt_text: "Video",
          title: plain("A video"),
        },
      ],
    },
  ];
}
