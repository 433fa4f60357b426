const LOCAL = "https://local.invalid";

/** The part of `next` that stays on this site; anything else leads to the standard place. */
export function localPath(next: string | null): string | null {
  if (next === null || !next.startsWith("/")) return null;
  try {
    const { origin, pathname, search, hash } = new URL(next, LOCAL);
    return origin === LOCAL ? `${pathname}${search}${hash}` : null;
  } catch {
    return null;
  }
}

export const logInUrl = (next?: string): string => (next ? `/login?next=${encodeURIComponent(next)}` : "/login");
/** @param plan what is wanted: its first payment follows the sign-up */
export const signUpUrl = (plan?: string): string =>
  plan ? `/signup?${new URLSearchParams({ plan }).toString()}` : "/signup";
export const forgotPasswordUrl = (): string => "/forgot-password";
