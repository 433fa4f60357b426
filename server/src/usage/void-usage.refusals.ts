import { Refusal } from "../kernel/refusal.ts";

/** The event was voided before; it stays voided. */
export class AlreadyVoided extends Refusal {
  constructor(idempotencyKey: string) {
    super(`The event ${idempotencyKey} was voided before.`);
  }
}
