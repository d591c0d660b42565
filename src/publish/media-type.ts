/** By the end of the path, where a publisher names no type: RSS and JSON Feed demand one. */
const BY_SUFFIX: Readonly<Record<string, string>> = {
  aac: "audio/aac",
  avif: "image/avif",
  flac: "audio/flac",
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  m3u8: "application/vnd.apple.mpegurl",
  m4a: "audio/mp4",
  m4v: "video/mp4",
  mov: "video/quicktime",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  ogg: "audio/ogg",
  opus: "audio/ogg",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  webm: "video/webm",
  webp: "image/webp",
};

const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/;

/** The publisher's type without its parameters, else what the address ends in. */
export function mediaTypeOf(address: string, stated: string | undefined): string {
  const type = stated?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (isMediaType(type)) return type;
  const suffix = /\.([a-z0-9]{2,4})$/i.exec(new URL(address).pathname)?.[1]?.toLowerCase();
  return BY_SUFFIX[suffix ?? ""] ?? "application/octet-stream";
}

/** RFC 6838 4.2. */
export function isMediaType(text: string | undefined): boolean {
  return text !== undefined && MEDIA_TYPE.test(text);
}
