export { dispatchOf, sampleDispatch } from "./dispatch.ts";
export { mailOf } from "./mail.ts";
export { ntfyRequest } from "./ntfy.ts";
export { afterFailure, afterSending, upToNow } from "./record.ts";
export { storiesIn } from "./stories.ts";
export { tellAt } from "./tell-at.ts";
export { webhookRequest } from "./webhook.ts";
