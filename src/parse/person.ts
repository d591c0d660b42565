import type { Author } from "../model/item.ts";

/** "jo@press.example (Jo Doe)", "Jo Doe <jo@press.example>", "Jo Doe": how RSS names people. */
export function readPerson(text: string): Author | undefined {
  const [email] = EMAIL.exec(text.slice(0, MAX_LENGTH)) ?? [];
  const rest = email === undefined ? text : text.replace(email, "").replace(/mailto:/i, "");
  const name = unwrap(rest.replace(/\s+/g, " ").trim());
  if (email === undefined && name === "") return undefined;
  return { ...(name === "" ? {} : { name }), ...(email === undefined ? {} : { email }) };
}

/** Longer than any name; bounds the search for an address. */
const MAX_LENGTH = 500;
const EMAIL = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/;

/** "(Jo Doe)" and "Jo Doe <>" are what is left when the address is gone. */
function unwrap(name: string): string {
  const bare = name.replace(/\(\s*\)|<\s*>|\[\s*\]/g, "").trim();
  return /^\([^()]*\)$|^"[^"]*"$/.test(bare) ? bare.slice(1, -1).trim() : bare;
}
