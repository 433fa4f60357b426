import { Checkbox, Stack, Text } from "@mantine/core";
import {
  AlertSettingsDocument,
  type AlertRoutesFragment,
  SendTestAlertDocument,
  SetAlertSettingDocument,
} from "../../gql/documents";
import { useAct } from "../../lib/act";
import { holdersOf } from "../../lib/permissions";
import { useRegionQuery } from "../../lib/query";
import { useMay } from "../../lib/viewer";
import { Card } from "../../ui/Card";
import { Instant } from "../../ui/Instant";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice, Notice } from "../../ui/Notice";
import { Cell, Row, Table } from "../../ui/Table";
import { toastDone } from "../../ui/toasts";

type Setting = AlertRoutesFragment["settings"][number];

const COLUMNS = [
  { key: "what", label: "At" },
  { key: "portal", label: "Portal" },
  { key: "mail", label: "E-mail" },
  { key: "webhook", label: "Webhook" },
  { key: "last", label: "Last raised" },
] as const;

type Props = {
  readonly organizationId?: string | undefined;
  /** True where the viewer looks at a customer, and changes nothing. */
  readonly readOnly?: boolean;
};

/** Where alerts go, by what they tell of. */
export function AlertSettings({ organizationId, readOnly = false }: Props) {
  const { data } = useRegionQuery(AlertSettingsDocument, { organizationId: organizationId ?? null });
  const { mailIsSent, settings } = data.organization.alertSettings;
  const mayPay = useMay("billing:write");
  const { run, isRunning, fault } = useAct(SetAlertSettingDocument);
  const set = ({ kind, percent, mail, webhook }: Setting, change: Partial<Pick<Setting, "mail" | "webhook">>) =>
    void run({ input: { kind, percent, mail, webhook, ...change } });
  const test = useAct(SendTestAlertDocument);
  const sendTest = async () => {
    const answer = await test.run({});
    if (answer) toastDone(`A test is on its way to ${answer.sendTestAlert.recipients.join(", ")}.`);
  };
  return (
    <Card
      title="Where alerts go"
      description="Once in a period each: by e-mail to owners and those who pay, by webhook to the endpoints that have chosen them. They are listed here in any case."
      actions={
        readOnly ? undefined : (
          <MayButton
            permission="billing:write"
            variant="default"
            loading={test.isRunning}
            onClick={() => void sendTest()}
          >
            Send a test mail
          </MayButton>
        )
      }
      flush
    >
      <Stack gap="sm" px="lg" pb="xs">
        {!mailIsSent && (
          <Notice tone="warn">
            No mail leaves this server, since no SMTP server is set. Mails wait in its outbox.
          </Notice>
        )}
        {!mayPay && !readOnly && (
          <Text size="sm" c="dimmed">
            Only {holdersOf("billing:write")} can change where alerts go.
          </Text>
        )}
        <FaultNotice fault={fault ?? test.fault} />
      </Stack>
      <Table caption="Where alerts go" columns={COLUMNS}>
        {settings.map((setting) => (
          <Row key={setting.id}>
            <Cell column="what" head>
              {nameOf(setting)}
            </Cell>
            <Cell column="portal">Always</Cell>
            {(["mail", "webhook"] as const).map((channel) => (
              <Cell key={channel} column={channel}>
                <Checkbox
                  aria-label={`${nameOf(setting)} by ${channel === "mail" ? "e-mail" : "webhook"}`}
                  checked={setting[channel]}
                  disabled={!mayPay || readOnly || isRunning}
                  onChange={(event) => set(setting, { [channel]: event.currentTarget.checked })}
                />
              </Cell>
            ))}
            <Cell column="last">
              {setting.lastRaisedAt === null ? "Never" : <Instant at={setting.lastRaisedAt} zone="UTC" />}
            </Cell>
          </Row>
        ))}
      </Table>
    </Card>
  );
}

const nameOf = ({ kind, percent }: Setting): string =>
  `${percent} % of ${kind === "QUOTA" ? "an allowance" : "the spending cap"}`;
