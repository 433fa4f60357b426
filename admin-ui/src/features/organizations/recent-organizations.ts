const KEY = "qlp-recent-organizations";
const KEPT = 5;

export type Recent = { readonly id: string; readonly name: string };

const isRecent = (value: unknown): value is Recent =>
  typeof value === "object" &&
  value !== null &&
  "id" in value &&
  typeof value.id === "string" &&
  "name" in value &&
  typeof value.name === "string";

/** The organizations looked at last, the newest first. Kept as long as the browser's tab. */
export function recentOrganizations(): readonly Recent[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isRecent) : [];
  } catch {
    return [];
  }
}

export function rememberOrganization({ id, name }: Recent): void {
  const others = recentOrganizations().filter((recent) => recent.id !== id);
  try {
    sessionStorage.setItem(KEY, JSON.stringify([{ id, name }, ...others].slice(0, KEPT)));
  } catch {
    // Without storage there are no recent ones; the search finds all.
  }
}
