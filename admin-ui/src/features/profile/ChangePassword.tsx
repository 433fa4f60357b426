import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { ChangePasswordDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { newPassword } from "../../lib/password-rules";
import { focusFirstWrong, never, refuseField, required } from "../../ui/forms";
import { NewPasswordInput } from "../../ui/NewPasswordInput";
import { FaultNotice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";

type Values = { readonly currentPassword: string; readonly newPassword: string };

/** Sets another password; the old one is asked for, since the screen may be somebody else's. */
export function ChangePassword() {
  const { run, isRunning, fault } = useAct(ChangePasswordDocument, { refetch: ["Sessions"] });
  const form = useForm<Values>({
    initialValues: { currentPassword: "", newPassword: "" },
    validate: {
      currentPassword: required("Enter your current password"),
      newPassword,
    },
  });

  const change = async (input: Values) => {
    const answer = (await run({ input }))?.changePassword;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "User":
        form.reset();
        return toastDone("The password was changed. Your other sessions have ended.");
      case "WrongCredentials":
        return refuseField(form, "currentPassword", answer.message);
      case "WeakPassword":
        return refuseField(form, "newPassword", answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <form onSubmit={form.onSubmit((values) => void change(values), focusFirstWrong(form))} noValidate>
      <Stack gap="md" maw="26rem">
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          {...form.getInputProps("currentPassword")}
        />
        <NewPasswordInput label="New password" {...form.getInputProps("newPassword")} />
        <FaultNotice fault={fault} />
        <Group>
          <Button type="submit" loading={isRunning}>
            Change the password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
