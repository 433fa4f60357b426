import { Anchor, Button, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { ResetPasswordDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { text, useUrlState } from "../../lib/url-state";
import { focusFirstWrong, never, refuseField } from "../../ui/forms";
import { FaultNotice, Notice } from "../../ui/Notice";
import { DoorPage } from "./DoorPage";
import { NewPasswordInput } from "../../ui/NewPasswordInput";
import { newPassword } from "../../lib/password-rules";
import { forgotPasswordUrl, logInUrl } from "./urls";
import { useEnter } from "./use-enter";

const URL_SPEC = { token: text(2_000) };

/** Sets a new password by the mailed link, and logs in. */
export function ResetPasswordPage() {
  const { view } = useUrlState(URL_SPEC);
  const [expired, setExpired] = useState<string | null>(view.token === "" ? "The link is not complete." : null);

  return (
    <DoorPage title="Set a new password">
      {expired === null ? (
        <ResetForm token={view.token} onExpired={setExpired} />
      ) : (
        <Stack gap="md">
          <Notice tone="bad" live>
            {expired}
          </Notice>
          <Text size="sm">
            <Anchor component={Link} to={forgotPasswordUrl()} size="sm">
              Ask for a new link
            </Anchor>
          </Text>
        </Stack>
      )}
    </DoorPage>
  );
}

function ResetForm({ token, onExpired }: { token: string; onExpired: (message: string) => void }) {
  const enter = useEnter();
  const navigate = useNavigate();
  const { run, isRunning, fault } = useAct(ResetPasswordDocument);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { password: "" },
    validateInputOnBlur: true,
    validate: { password: newPassword },
  });

  const send = async ({ password }: { password: string }) => {
    const answer = (await run({ input: { token, newPassword: password } }))?.resetPassword;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Session":
        await enter();
        // The log-in page knows where those belong who are logged in.
        return navigate(logInUrl(), { replace: true });
      case "WeakPassword":
        return refuseField(form, "password", answer.message);
      case "LinkExpired":
        return onExpired(answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <form onSubmit={form.onSubmit((values) => void send(values), focusFirstWrong(form))} noValidate>
      <Stack gap="md">
        <FaultNotice fault={fault} />
        <NewPasswordInput label="New password" key={form.key("password")} {...form.getInputProps("password")} />
        <Text size="sm" c="dimmed">
          All your other sessions end.
        </Text>
        <Button type="submit" loading={isRunning}>
          Set the password
        </Button>
      </Stack>
    </form>
  );
}
