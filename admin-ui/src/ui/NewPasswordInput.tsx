import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { LEAST_PASSWORD_LENGTH } from "../lib/password-rules";

/** A new password: the rules stand there before one types; pasting and password managers are welcome. */
export function NewPasswordInput(props: PasswordInputProps) {
  return (
    <PasswordInput
      label="Password"
      description={`At least ${LEAST_PASSWORD_LENGTH} characters. A few unrelated words make a good one.`}
      autoComplete="new-password"
      {...props}
    />
  );
}
