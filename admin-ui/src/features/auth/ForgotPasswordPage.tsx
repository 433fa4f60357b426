import { Anchor, Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { Link } from "react-router";
import { RequestPasswordResetDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { emailAddress, focusFirstWrong } from "../../ui/forms";
import { FaultNotice, Notice } from "../../ui/Notice";
import { DoorPage } from "./DoorPage";
import { logInUrl } from "./urls";

/** Sends a link that sets a new password. The answer is the same for known and unknown addresses. */
export function ForgotPasswordPage() {
  const [sent, setSent] = useState<string | null>(null);
  const { run, isRunning, fault } = useAct(RequestPasswordResetDocument);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "" },
    validateInputOnBlur: true,
    validate: { email: emailAddress },
  });

  const send = async ({ email }: { email: string }) => {
    const answer = await run({ input: { email: email.trim() } });
    if (answer) setSent(answer.requestPasswordReset.message);
  };

  return (
    <DoorPage
      title="Forgot your password?"
      state="We send you a link that sets a new one."
      below={
        <Anchor component={Link} to={logInUrl()} size="sm">
          Back to the log-in
        </Anchor>
      }
    >
      <form onSubmit={form.onSubmit((values) => void send(values), focusFirstWrong(form))} noValidate>
        <Stack gap="md">
          <FaultNotice fault={fault} />
          {sent && (
            <Notice tone="good" live>
              <Text size="sm">{sent}</Text>
            </Notice>
          )}
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            key={form.key("email")}
            {...form.getInputProps("email")}
          />
          <Button type="submit" loading={isRunning}>
            Send the link
          </Button>
        </Stack>
      </form>
    </DoorPage>
  );
}
