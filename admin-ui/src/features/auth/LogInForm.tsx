import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEffect, useRef, useState } from "react";
import { LogInDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { emailAddress, focusFirstWrong, never, required } from "../../ui/forms";
import { FaultNotice, Notice } from "../../ui/Notice";

type Props = {
  /** The address is known and stays, as when a session ended. */
  readonly email?: string;
  readonly onLoggedIn: (userId: string) => void | Promise<void>;
};

/** E-mail and password. A wrong pair keeps the e-mail and asks for the password again. */
export function LogInForm({ email = "", onLoggedIn }: Props) {
  const { run, isRunning, fault } = useAct(LogInDocument);
  const [refusal, setRefusal] = useState<string | null>(null);
  const password = useRef<HTMLInputElement>(null);
  // The emptied field is a new one, so the focus waits for it.
  useEffect(() => {
    if (refusal) password.current?.focus();
  }, [refusal]);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email, password: "" },
    validateInputOnBlur: true,
    validate: { email: emailAddress, password: required("Enter your password") },
  });

  const send = async (input: { email: string; password: string }) => {
    setRefusal(null);
    const answer = (await run({ input: { ...input, email: input.email.trim() } }))?.logIn;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Session":
        return onLoggedIn(answer.user.id);
      case "WrongCredentials":
        setRefusal(answer.message);
        form.setFieldValue("password", "");
        return;
      default:
        return never(answer);
    }
  };

  return (
    <form onSubmit={form.onSubmit((values) => void send(values), focusFirstWrong(form))} noValidate>
      <Stack gap="md">
        {refusal && (
          <Notice tone="bad" live>
            {refusal}
          </Notice>
        )}
        <FaultNotice fault={fault} />
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          key={form.key("email")}
          {...form.getInputProps("email")}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          ref={password}
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={isRunning}>
          Log in
        </Button>
      </Stack>
    </form>
  );
}
