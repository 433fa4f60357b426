import { rule } from "graphql-shield";
import type { Permission } from "../../kernel/permission.ts";
import type { Viewer } from "../viewer.ts";
import type { Context } from "./context.ts";
import { EdgeFault } from "./errors.ts";

type Rule = ReturnType<ReturnType<typeof rule>>;

const anyOfRule = new WeakMap<object, readonly Permission[]>();

/**
 * True when a rule of `may` allows the viewer. What it does not allow, or is another rule, is for
 * the shield to decide: it takes several turns of the queue for each field of each row.
 */
export const isPlainlyAllowed = (rule: unknown, viewer: Viewer | null): boolean =>
  typeof rule === "object" &&
  rule !== null &&
  viewer !== null &&
  (anyOfRule.get(rule)?.some((permission) => viewer.permissions.has(permission)) ?? false);

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
  anyOfRule.set(made, anyOf);
  return made;
}

/** Allows people who are logged in, not keys. */
export const loggedIn = rule("logged in", { cache: "contextual" })((_root, _args, { viewer }: Context) =>
  viewer?.kind === "user" ? true : new EdgeFault("UNAUTHENTICATED", "Log in first."),
);
