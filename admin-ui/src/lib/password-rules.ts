export const LEAST_PASSWORD_LENGTH = 10;

/** What can be said about a new password before the server looks at it. */
export const newPassword = (value: string): string | null =>
  value.length >= LEAST_PASSWORD_LENGTH ? null : `Use at least ${LEAST_PASSWORD_LENGTH} characters`;
