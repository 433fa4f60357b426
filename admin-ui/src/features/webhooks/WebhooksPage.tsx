import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useNavigate } from "react-router";
import { MayButton } from "../../ui/MayButton";
import { Page } from "../../ui/Page";
import { CreateEndpointDialog } from "./CreateEndpointDialog";
import { EndpointsPanel } from "./EndpointsPanel";
import { SecretDialog, type ShownSecret } from "./SecretDialog";
import { webhookUrl } from "./urls";

/** Where your own servers take news. */
export function WebhooksPage() {
  const navigate = useNavigate();
  const [isOpen, { open, close }] = useDisclosure(false);
  const [created, setCreated] = useState<ShownSecret | null>(null);
  const create = (
    <MayButton permission="keys:write" onClick={open}>
      Add an endpoint
    </MayButton>
  );
  return (
    <Page
      title="Webhooks"
      state="We tell your servers what happens: alerts, holds that ran out, invoices, changes of the plan."
      actions={create}
    >
      <EndpointsPanel empty={create} />
      <CreateEndpointDialog
        opened={isOpen}
        onClose={close}
        onCreated={(secret) => {
          close();
          setCreated(secret);
        }}
      />
      <SecretDialog
        shown={created}
        onClose={() => {
          setCreated(null);
          if (created) void navigate(webhookUrl(created.id));
        }}
      />
    </Page>
  );
}
