import { rule } from "graphql-shield";
import type { Permission } from "../../kernel/permission.ts";
import type { Context } from "./context.ts";
import { EdgeFault } from "./errors.ts";

/**
 * Allows viewers who hold one of the permissions. Looks at the viewer only; which rows they see
 * is the database's answer.
 */
export const may = (...anyOf: readonly Permission[]) =>
  rule(`may ${anyOf.join(" or ")}`, { cache: "contextual" })((_root, _args, { viewer }: Context) => {
    if (!viewer) return new EdgeFault("UNAUTHENTICATED", "Log in, or send an API key in the Authorization header.");
    if (anyOf.some((permission) => viewer.permissions.has(permission))) return true;
    return new EdgeFault("FORBIDDEN", `This needs the permission ${anyOf.join(" or ")}.`);
  });

/** Allows people who are logged in, not keys. */
export const loggedIn = rule("logged in", { cache: "contextual" })((_root, _args, { viewer }: Context) =>
  viewer?.kind === "user" ? true : new EdgeFault("UNAUTHENTICATED", "Log in first."),
);
