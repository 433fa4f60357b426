import { Refusal } from "../kernel/refusal.ts";

export class WeakPassword extends Refusal {}

export class WrongCredentials extends Refusal {
  constructor(message = "The e-mail and the password do not belong together.") {
    super(message);
  }
}

export class LinkExpired extends Refusal {
  constructor(message = "This link was used already, or has expired. Ask for a new one.") {
    super(message);
  }
}
