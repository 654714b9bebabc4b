import type { Core } from "../core.ts";
import type { StoredFile } from "../model.ts";
import { isRecord } from "../validate/rule.ts";
import { isMember, visibleChannel } from "./access.ts";
import { type Answer, ApiError, type Args, type Methods } from "./call.ts";
import { fileShape } from "./shapes.ts";

/** https://docs.slack.dev/messaging/working-with-files: ask for a URL, send the bytes there, complete. */
export const files: Methods = {
  "files.getUploadURLExternal": { scopes: ["files:write"], answer: getUploadUrl },
  "files.completeUploadExternal": { scopes: ["files:write"], answer: complete },
};

function getUploadUrl(core: Core, args: Args): Answer {
  const name = args.required("filename");
  const length = args.number("length", 0);
  if (length < 1) {
    throw new ApiError("invalid_arguments", {
      response_metadata: { messages: ["[ERROR] must be greater than 1 [json-pointer:/length]"] },
    });
  }
  const id = core.workspace.nextId("F");
  core.workspace.files.set(id, { id, name, title: name, length, isComplete: false });
  return { file_id: id, upload_url: `${core.url}/upload/${id}` };
}

function complete(core: Core, args: Args): Answer {
  const entries = args.json("files");
  if (!Array.isArray(entries) || entries.length === 0) throw new ApiError("invalid_arguments");
  const done = entries.map((entry) => uploaded(core, entry));
  const ids = args.has("channels") ? args.list("channels") : args.list("channel_id");
  const channels = ids.map((id) => visibleChannel(core, id));
  if (channels.some((channel) => !isMember(channel))) throw new ApiError("not_in_channel");
  if (channels.some((channel) => channel.isArchived)) throw new ApiError("is_archived");
  for (const { file, title } of done) {
    file.isComplete = true;
    file.title = title ?? file.name;
  }
  const threadTs = args.text("thread_ts");
  for (const channel of channels) {
    const text = args.text("initial_comment") ?? "";
    const fileIds = done.map(({ file }) => file.id);
    core.posting.post({ text }, { channel: channel.id, fileIds, ...(threadTs === undefined ? {} : { threadTs }) });
  }
  return { files: done.map(({ file }) => fileShape(core, file.id)) };
}

function uploaded(core: Core, entry: unknown): { file: StoredFile; title: string | undefined } {
  const file = isRecord(entry) ? core.workspace.files.get(String(entry.id)) : undefined;
  if (file === undefined || file.content === undefined || file.isComplete) throw new ApiError("file_not_found");
  const title = isRecord(entry) && typeof entry.title === "string" ? entry.title : undefined;
  return { file, title };
}
