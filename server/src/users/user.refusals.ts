import { Refusal } from "../kernel/refusal.ts";

export class EmailTaken extends Refusal {
  constructor(email: string) {
    super(`${email} already has a log-in.`);
  }
}

export class RoleNotAllowed extends Refusal {}

export class LastOwner extends Refusal {
  constructor() {
    super("An organization keeps at least one owner. Make another member owner first.");
  }
}
