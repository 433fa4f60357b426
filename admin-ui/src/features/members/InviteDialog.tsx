import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { InviteMemberDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import type { MemberRole } from "../../lib/roles";
import { CopyField } from "../../ui/CopyField";
import { emailAddress, focusFirstWrong, never, refuseField } from "../../ui/forms";
import { Instant } from "../../ui/Instant";
import { FaultNotice, Notice } from "../../ui/Notice";
import { RoleField } from "./RoleField";

type Sent = { readonly email: string; readonly link: string; readonly expiresAt: string };

/** Invites somebody by a link, which can be copied: mail may be off. */
export function InviteDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const [sent, setSent] = useState<Sent | null>(null);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setSent(null)}
      title={sent ? "The invitation is ready" : "Invite a member"}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {sent ? <Done sent={sent} onClose={onClose} onAnother={() => setSent(null)} /> : <InviteForm onSent={setSent} />}
    </Modal>
  );
}

function InviteForm({ onSent }: { onSent: (sent: Sent) => void }) {
  const { run, isRunning, fault } = useAct(InviteMemberDocument, { refetch: ["InvitationsPanel"] });
  const [role, setRole] = useState<MemberRole>("MEMBER");
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "" },
    validateInputOnBlur: true,
    validate: { email: emailAddress },
  });

  const invite = async ({ email }: { email: string }) => {
    setRefusal(null);
    const answer = (await run({ input: { email: email.trim(), role } }))?.inviteMember;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Invitation":
        return onSent(answer);
      case "EmailTaken":
        return refuseField(form, "email", answer.message);
      case "RoleNotAllowed":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <form onSubmit={form.onSubmit((values) => void invite(values), focusFirstWrong(form))} noValidate>
      <Stack gap="md">
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="off"
          data-autofocus
          key={form.key("email")}
          {...form.getInputProps("email")}
        />
        <RoleField
          label="Role"
          value={role}
          error={refusal}
          onChange={(chosen) => {
            setRole(chosen);
            setRefusal(null);
          }}
        />
        <FaultNotice fault={fault} />
        <Group justify="flex-end">
          <Button type="submit" loading={isRunning}>
            Invite
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Done({ sent, onClose, onAnother }: { sent: Sent; onClose: () => void; onAnother: () => void }) {
  return (
    <Stack gap="md">
      <Notice tone="good" live>
        {sent.email} gets this link by mail where mail is set up. You can send it yourself, too.
      </Notice>
      <CopyField label="Invitation link" value={sent.link} />
      <Text size="sm" c="dimmed">
        It works once, until <Instant at={sent.expiresAt} />.
      </Text>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onAnother}>
          Invite another
        </Button>
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
