import { Refusal } from "../kernel/refusal.ts";

/** The hold has ended: what it kept back has been given to others. */
export class HoldExpired extends Refusal {}
