import { Anchor, Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Link, Navigate } from "react-router";
import { SignUpDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { oneOf, useUrlState } from "../../lib/url-state";
import { useMaybeViewer } from "../../lib/viewer";
import { emailAddress, focusFirstWrong, never, refuseField, required } from "../../ui/forms";
import { FaultNotice } from "../../ui/Notice";
import { DoorPage } from "./DoorPage";
import { NewPasswordInput } from "../../ui/NewPasswordInput";
import { newPassword } from "../../lib/password-rules";
import { changePlanUrl } from "../billing/urls";
import { logInUrl } from "./urls";
import { useEnter } from "./use-enter";

const URL_SPEC = { plan: oneOf(["STARTER", "PROFESSIONAL"], null) };
const PLAN_NAMES = { STARTER: "Starter", PROFESSIONAL: "Professional" };

/** Makes an organization on the Free plan with its owner, and leads to the first event, or to the payment of a plan. */
export function SignUpPage() {
  const viewer = useMaybeViewer();
  const { view } = useUrlState(URL_SPEC);
  const first = view.plan === null ? "/app/quickstart" : changePlanUrl(view.plan);
  if (viewer) return <Navigate to={viewer.organization ? first : "/console"} replace />;
  return (
    <DoorPage
      title="Sign up"
      state={
        view.plan === null
          ? "Free to start, no card needed."
          : `The payment of ${PLAN_NAMES[view.plan]} comes next; until it is paid you are on Free.`
      }
      below={
        <Text size="sm">
          Already a member?{" "}
          <Anchor component={Link} to={logInUrl()} size="sm" underline="always">
            Log in
          </Anchor>
        </Text>
      }
    >
      <SignUpForm />
    </DoorPage>
  );
}

function SignUpForm() {
  const enter = useEnter();
  const { run, isRunning, fault } = useAct(SignUpDocument);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { organizationName: "", email: "", password: "" },
    validateInputOnBlur: true,
    validate: {
      organizationName: required("Enter the name of your organization"),
      email: emailAddress,
      password: newPassword,
    },
  });

  const send = async (values: { organizationName: string; email: string; password: string }) => {
    const { organizationName, email, password } = values;
    const input = { organizationName: organizationName.trim(), email: email.trim(), password };
    const answer = (await run({ input }))?.signUp;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Session":
        return enter();
      case "EmailTaken":
        return refuseField(form, "email", `${answer.message} Log in instead, or use another address.`);
      case "WeakPassword":
        return refuseField(form, "password", answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <form onSubmit={form.onSubmit((values) => void send(values), focusFirstWrong(form))} noValidate>
      <Stack gap="md">
        <FaultNotice fault={fault} />
        <TextInput
          label="Organization"
          autoComplete="organization"
          key={form.key("organizationName")}
          {...form.getInputProps("organizationName")}
        />
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          key={form.key("email")}
          {...form.getInputProps("email")}
        />
        <NewPasswordInput key={form.key("password")} {...form.getInputProps("password")} />
        <Button type="submit" loading={isRunning}>
          Create the organization
        </Button>
      </Stack>
    </form>
  );
}
