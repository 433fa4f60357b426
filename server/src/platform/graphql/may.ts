import { rule } from "graphql-shield";
import type { Permission } from "../../kernel/permission.ts";
import type { Context } from "./context.ts";
import { EdgeFault } from "./errors.ts";

type Rule = ReturnType<ReturnType<typeof rule>>;

/** Rules by name: shield wants one rule for one name. */
const rules = new Map<string, Rule>();

/**
 * Allows viewers who hold one of the permissions. Looks at the viewer only; which rows they see
 * is the database's answer.
 */
export function may(...anyOf: readonly Permission[]): Rule {
  const name = `may ${anyOf.join(" or ")}`;
  const known = rules.get(name);
  if (known) return known;
  const made = rule(name, { cache: "contextual" })((_root, _args, { viewer }: Context) => {
    if (!viewer) return new EdgeFault("UNAUTHENTICATED", "Log in, or send an API key in the Authorization header.");
    if (anyOf.some((permission) => viewer.permissions.has(permission))) return true;
    return new EdgeFault("FORBIDDEN", `This needs the permission ${anyOf.join(" or ")}.`);
  });
  rules.set(name, made);
  return made;
}

/** Allows people who are logged in, not keys. */
export const loggedIn = rule("logged in", { cache: "contextual" })((_root, _args, { viewer }: Context) =>
  viewer?.kind === "user" ? true : new EdgeFault("UNAUTHENTICATED", "Log in first."),
);
