import { roleCommand } from "./start.ts";

export const command = roleCommand("desk", ["desk"]);
