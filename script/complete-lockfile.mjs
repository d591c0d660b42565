// Adds to package-lock.json the optional packages of other platforms that a mirror of the registry does not hold: npm
// drops them, and npm ci then refuses the lockfile on every fresh clone. Run it after npm install:
//   node script/complete-lockfile.mjs
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
const OS = {
  android: "android",
  darwin: "darwin",
  freebsd: "freebsd",
  linux: "linux",
  openharmony: "openharmony",
  win32: "win32",
  sunos: "sunos",
  aix: "aix",
  openbsd: "openbsd",
  netbsd: "netbsd",
};
const CPU = ["arm64", "x64", "ia32", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32", "arm"];
const added = [];
for (const [at, p] of Object.entries(lock.packages)) {
  if (at === "") continue;
  for (const [name, range] of Object.entries(p.optionalDependencies ?? {})) {
    let base = at,
      found = false;
    for (;;) {
      if (lock.packages[`${base ? `${base}/` : ""}node_modules/${name}`]) {
        found = true;
        break;
      }
      if (base === "") break;
      base = base.includes("/node_modules/") ? base.slice(0, base.lastIndexOf("/node_modules/")) : "";
    }
    if (found) continue;
    const words = name.split(/[/-]/);
    const os = Object.keys(OS).find((o) => words.includes(o));
    const cpu = CPU.find((c) => words.some((w) => w === c || (c === "arm" && /^arm(v7|eabi)?$/.test(w))));
    const entry = { version: range.replace(/^[\^~]/, "") };
    if (cpu) entry.cpu = [cpu];
    if (p.dev) entry.dev = true;
    if (name.includes("musl")) entry.libc = ["musl"];
    else if (/gnu/.test(name)) entry.libc = ["glibc"];
    entry.optional = true;
    if (os) entry.os = [os];
    added.push([`node_modules/${name}`, entry, range]);
  }
}
for (const [k, v, r] of added) {
  lock.packages[k] = v;
  console.error(k, r, JSON.stringify(v));
}
const { "": root, ...rest } = lock.packages;
lock.packages = { "": root, ...Object.fromEntries(Object.entries(rest).sort(([a], [b]) => a.localeCompare(b, "en"))) };
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
