import { roleCommand } from "./start.ts";

export const command = roleCommand("web", ["web"]);
