import { Refusal } from "../../kernel/refusal.ts";

/** The route of the meter stays what it was, for the reason in the message. */
export class UsageRouteRefused extends Refusal {}
