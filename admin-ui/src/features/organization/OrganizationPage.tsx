import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { RenameOrganizationDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { useViewer } from "../../lib/viewer";
import { Card } from "../../ui/Card";
import { CopyText } from "../../ui/CopyText";
import { Facts } from "../../ui/Facts";
import { focusFirstWrong, required } from "../../ui/forms";
import { FaultNotice } from "../../ui/Notice";
import { Page } from "../../ui/Page";
import { toastDone } from "../../ui/toasts";

/** What the organization is called. */
export function OrganizationPage() {
  const { organization } = useViewer();
  if (!organization) return null;
  return (
    <Page title="Organization" state="The name stands in the portal and on every invoice to come.">
      <Card title="Name">
        <RenameForm key={organization.name} name={organization.name} />
      </Card>
      <Card title="For the API and for support">
        <Facts
          facts={[["Organization id", <CopyText key="id" value={organization.id} label="Copy the organization id" />]]}
        />
      </Card>
    </Page>
  );
}

function RenameForm({ name: current }: { name: string }) {
  const { run, isRunning, fault } = useAct(RenameOrganizationDocument);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { name: current },
    validate: { name: required("Enter a name") },
  });

  const rename = async ({ name }: { name: string }) => {
    const answer = await run({ input: { name: name.trim() } });
    if (answer) toastDone(`The organization is called ${answer.renameOrganization.name} now.`);
  };

  return (
    <form onSubmit={form.onSubmit((values) => void rename(values), focusFirstWrong(form))} noValidate>
      <Stack gap="md" maw="28rem">
        <TextInput label="Name" autoComplete="organization" key={form.key("name")} {...form.getInputProps("name")} />
        <FaultNotice fault={fault} />
        <Group>
          <Button type="submit" loading={isRunning}>
            Rename
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
