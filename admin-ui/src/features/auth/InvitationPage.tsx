import { useApolloClient } from "@apollo/client/react";
import { Anchor, Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { Link, Navigate, useParams } from "react-router";
import {
  AcceptInvitationDocument,
  InvitationPageDocument,
  type InvitationPageQuery,
  LogOutHereDocument,
} from "../../gql/documents";
import { useAct } from "../../lib/act";
import { useRegionQuery } from "../../lib/query";
import { ROLES } from "../../lib/roles";
import { useMaybeViewer } from "../../lib/viewer";
import { focusFirstWrong, never, refuseField } from "../../ui/forms";
import { Instant } from "../../ui/Instant";
import { FaultNotice, Notice } from "../../ui/Notice";
import { Region } from "../../ui/Region";
import { DoorPage } from "./DoorPage";
import { NewPasswordInput } from "../../ui/NewPasswordInput";
import { newPassword } from "../../lib/password-rules";
import { logInUrl } from "./urls";
import { useEnter } from "./use-enter";

type Preview = NonNullable<InvitationPageQuery["invitation"]>;

/** What an invitation link stands for, and the way in. */
export function InvitationPage() {
  const { token = "" } = useParams();
  return (
    <DoorPage title="You are invited">
      <Region name="The invitation">
        <Invitation token={token} />
      </Region>
    </DoorPage>
  );
}

function Invitation({ token }: { token: string }) {
  const { data } = useRegionQuery(InvitationPageDocument, { token });
  const viewer = useMaybeViewer();
  const [accepted, setAccepted] = useState(false);
  const { invitation } = data;

  if (accepted && viewer) return <Navigate to="/app" replace />;
  if (!invitation) {
    return (
      <Notice tone="info" title="This link does not work any more">
        It was used, has expired or was taken back. Ask the person who invited you for a new link, or{" "}
        <Anchor component={Link} to={logInUrl()} inherit underline="always">
          log in
        </Anchor>{" "}
        if you have joined already.
      </Notice>
    );
  }
  return (
    <Stack gap="md">
      <Text>
        {invitation.invitedBy} invites you to <strong>{invitation.organizationName}</strong> as{" "}
        {ROLES[invitation.role].label.toLowerCase()}: {ROLES[invitation.role].may}
      </Text>
      <Text size="sm" c="dimmed">
        The link works until <Instant at={invitation.expiresAt} />.
      </Text>
      {viewer ? (
        <SomebodyElse email={viewer.email} />
      ) : (
        <AcceptForm token={token} invitation={invitation} onAccepted={() => setAccepted(true)} />
      )}
    </Stack>
  );
}

function SomebodyElse({ email }: { email: string }) {
  const client = useApolloClient();
  const { run, isRunning, fault } = useAct(LogOutHereDocument);
  const logOut = async () => {
    if (await run({})) await client.refetchQueries({ include: ["Viewer"] });
  };
  return (
    <>
      <Notice tone="info">You are logged in as {email}. Log out to accept this invitation.</Notice>
      <FaultNotice fault={fault} />
      <Button loading={isRunning} onClick={() => void logOut()}>
        Log out
      </Button>
    </>
  );
}

function AcceptForm({ token, invitation, onAccepted }: { token: string; invitation: Preview; onAccepted: () => void }) {
  const enter = useEnter();
  const { run, isRunning, fault } = useAct(AcceptInvitationDocument);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { password: "" },
    validateInputOnBlur: true,
    validate: { password: newPassword },
  });

  const send = async ({ password }: { password: string }) => {
    setRefusal(null);
    const answer = (await run({ input: { token, password } }))?.acceptInvitation;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Session":
        onAccepted();
        return enter();
      case "WeakPassword":
        return refuseField(form, "password", answer.message);
      case "EmailTaken":
      case "LinkExpired":
        return setRefusal(answer.message);
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
        <TextInput label="E-mail" type="email" autoComplete="username" value={invitation.email} readOnly />
        <NewPasswordInput key={form.key("password")} {...form.getInputProps("password")} />
        <Button type="submit" loading={isRunning}>
          Join {invitation.organizationName}
        </Button>
      </Stack>
    </form>
  );
}
