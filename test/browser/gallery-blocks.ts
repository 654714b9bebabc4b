import { mrkdwn, plain, richText, section } from "../sandbox/slack/samples.ts";

export interface SampleBlock {
  type: string;
  [field: string]: unknown;
}

/** One of every block, most of them with all that may be said in them. @param imageId of a picture at Slack. */
export function blockSamples(imageId: string): SampleBlock[] {
  const image = { type: "image", slack_file: { id: imageId }, alt_text: "A square" };
  const far = { type: "image", image_url: "https://example.com/icon.png", alt_text: "An icon" };
  return [...classic(image), ...data(), ...composed(image, far)];
}

function classic(image: object): SampleBlock[] {
  return [
    { type: "header", text: plain("Header") },
    section(
      "*bold* _italic_ ~strike~ `code` <https://example.com|link> <!date^1795190065^{date_long} {time}|then> :fire: :nope:",
    ),
    section("&gt; quoted\n```pre &lt;b&gt;```"),
    { type: "section", fields: [mrkdwn("*Left*\n1"), plain("Right")], accessory: image },
    { type: "divider" },
    { type: "context", elements: [mrkdwn("Context <@U0DANA>"), plain("and plain"), image] },
    { type: "image", ...image, title: plain("Image title") },
    { type: "actions", elements: [button("Plain"), button("Primary", { style: "primary" })] },
    {
      type: "input",
      label: plain("Typed"),
      hint: plain("A hint"),
      element: { type: "plain_text_input", action_id: "typed", placeholder: plain("Type") },
    },
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
      type: "video",
      video_url: "https://example.com/v",
      thumbnail_url: "https://example.com/t.png",
      alt_text: "Video",
      title: plain("A video"),
    },
    { type: "alert", level: "warning", text: mrkdwn("*Mind* this") },
  ];
}

function data(): SampleBlock[] {
  const categories = ["9:00", "10:00", "11:00"];
  const points = (...values: number[]) => values.map((value, index) => ({ label: categories[index] ?? "", value }));
  const series = [{ name: "a", data: points(1, 5, 2) }];
  return [
    dataTable(),
    {
      type: "table",
      column_settings: [{ align: "left" }, { align: "right" }],
      rows: [cells("Name", "Count"), [...cells("wide"), { type: "raw_number", value: 7, text: "7" }]],
    },
    chart("Failures an hour", {
      type: "bar",
      series: [
        { name: "failed", data: points(3, 9, 4) },
        { name: "pending", data: points(1, 2, 0) },
      ],
      axis_config: { categories, y_label: "Failures", x_label: "Hour" },
    }),
    chart("By cause", { type: "pie", segments: points(5, 3, 2) }),
    chart("Line", { type: "line", series, axis_config: { categories } }),
    chart("Area", { type: "area", series, axis_config: { categories } }),
    {
      type: "markdown",
      text: "# Heading\n\n**bold** and `code`\n\n- one\n- [x] two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quote\n\n```\npre\n```",
    },
  ];
}

/** Two rows a page, so that there is a second one. */
export function dataTable(): SampleBlock {
  const rows = [cells("Hour", "Took"), cells("nine", 20), cells("ten", 3), cells("eleven", 100)];
  return { type: "data_table", caption: "Figures by hour", page_size: 2, rows };
}

function composed(image: object, far: object): SampleBlock[] {
  const card = (title: string, more: object = {}) => ({
    type: "card",
    title: mrkdwn(`*${title}*`),
    subtitle: plain("Subtitle"),
    body: mrkdwn("Body"),
    subtext: mrkdwn("Subtext"),
    actions: [button(`On ${title}`)],
    ...more,
  });
  const feedback = {
    type: "feedback_buttons",
    action_id: "feedback",
    positive_button: { text: plain("Good"), value: "1" },
    negative_button: { text: plain("Bad"), value: "0" },
  };
  return [
    card("Card", { hero_image: image, icon: far }),
    card("Named", { slack_icon: { type: "icon", name: "star" } }),
    { type: "carousel", elements: [card("First"), card("Second")] },
    {
      type: "container",
      title: plain("Container"),
      subtitle: plain("Below it"),
      icon: far,
      is_collapsible: true,
      child_blocks: [section("Inside")],
    },
    {
      type: "container",
      rich_text_title: richText(item("Rich title")),
      has_header_divider: true,
      width: "wide",
      child_blocks: [section("Open")],
    },
    { type: "plan", title: "Plan", tasks: [task("1", "Task", { status: "complete" })] },
    task("2", "Alone", { status: "in_progress", details: richText(item("details")), output: richText(item("output")) }),
    { type: "context_actions", elements: [feedback] },
  ];
}

function leaf(text: string, style?: object) {
  return { type: "text", text, ...(style && { style }) };
}

function line(...elements: object[]) {
  return { type: "rich_text_section", elements };
}

function item(text: string) {
  return line(leaf(text));
}

function button(text: string, more: object = {}) {
  return { type: "button", action_id: text, text: plain(text), ...more };
}

function chart(title: string, drawn: object) {
  return { type: "data_visualization", title, chart: drawn };
}

function task(id: string, title: string, more: object) {
  return { type: "task_card", task_id: id, title, ...more };
}

function cells(...texts: (string | number)[]) {
  return texts.map((value) =>
    typeof value === "string" ? { type: "raw_text", text: value } : { type: "raw_number", value, text: `${value} ms` },
  );
}
