import { Refusal } from "../kernel/refusal.ts";

export class UnknownScope extends Refusal {
  constructor(unknown: readonly string[], allowed: readonly string[]) {
    const what =
      unknown.length === 0 ? "A key needs at least one scope." : `Unknown scope: ${unknown.map(shown).join(", ")}.`;
    super(`${what} Allowed here: ${allowed.join(", ")}.`);
  }
}

/** What the caller sent may be long. */
const shown = (scope: string): string => (scope.length > 40 ? `${scope.slice(0, 40)}…` : scope);

export class KeyNotActive extends Refusal {
  constructor(why: "revoked" | "expired" | "replaced") {
    super(
      `The key ${why === "revoked" ? "was revoked" : why === "expired" ? "has expired" : "was rotated already"}. Create a new one.`,
    );
  }
}
