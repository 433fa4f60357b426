import { badInput } from "../platform/graphql/errors.ts";

/**
 * Checks where a hosted page may send people back to: pages of the product itself, so that nobody
 * can be led elsewhere by a link of ours.
 *
 * @throws EdgeFault BAD_USER_INPUT naming the field
 */
export function requireOwnUrl(field: string, url: string, publicUrl: string): string {
  const origin = new URL(publicUrl).origin;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || parsed.origin !== origin || parsed.username !== "" || parsed.password !== "")
    throw badInput(`${field} must be a page of this product, under ${origin}/.`);
  return url;
}
