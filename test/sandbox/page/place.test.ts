import { expect, it } from "vitest";
import { readPlace } from "../../../sandbox/page/client/place.ts";

it.each([
  ["", { as: "dana", channel: "ops", thread: undefined }],
  ["#", { as: "dana", channel: "ops", thread: undefined }],
  ["#as=&channel=", { as: "dana", channel: "ops", thread: undefined }],
  ["#as=omar&channel=lounge", { as: "omar", channel: "lounge", thread: undefined }],
  ["#as=rex&channel=a%26b&thread=1.2", { as: "rex", channel: "a&b", thread: "1.2" }],
])("the address %j is a place", (hash, place) => {
  expect(readPlace(hash)).toEqual(place);
});
