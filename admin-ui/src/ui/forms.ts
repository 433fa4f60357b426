import type { UseFormReturnType } from "@mantine/form";

/** A value that has to be there. @param words what is missing: "Enter a name" */
export const required =
  (words: string) =>
  (value: string): string | null =>
    value.trim() === "" ? words : null;

export const emailAddress = (value: string): string | null =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim()) ? null : "Enter an e-mail address, such as ann@example.com";

/** Sends people to the first field that is wrong. */
export const focusFirstWrong =
  <T extends object>(form: UseFormReturnType<T>) =>
  (errors: Record<string, unknown>): void => {
    const first = Object.keys(errors)[0];
    if (first) form.getInputNode(first)?.focus();
  };

/** Puts a refusal where it belongs, and the focus with it. */
export function refuseField<T extends object>(form: UseFormReturnType<T>, field: string, message: string): void {
  form.setFieldError(field, message);
  form.getInputNode(field)?.focus();
}

/** For the end of a switch over `__typename`: a new kind of answer breaks the build, not the screen. */
export function never(value: never): never {
  throw new Error(`unexpected answer: ${JSON.stringify(value)}`);
}
