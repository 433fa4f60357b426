import { Anchor, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { PlainActDialog } from "../../../features/invoice-acts/PlainActDialog";
import { ACTS, type PlainAct } from "../../../features/invoice-acts/invoice-acts";
import { staffInvoiceUrl } from "../../../features/invoice-acts/urls";
import { organizationUrl } from "../../../features/organizations/urls";
import { DunningDocument, type DunningQuery } from "../../../gql/documents";
import { useTick } from "../../../lib/clock";
import { formatDay, formatInstant } from "../../../lib/instant";
import { formatAmount } from "../../../lib/money";
import { plural } from "../../../lib/quantity";
import { useRegionQuery } from "../../../lib/query";
import { Card } from "../../../ui/Card";
import { EmptyState } from "../../../ui/EmptyState";
import { Money } from "../../../ui/Figures";
import { Instant } from "../../../ui/Instant";
import { RowMenu } from "../../../ui/RowMenu";
import { Status } from "../../../ui/Status";
import { Cell, Row, Table } from "../../../ui/Table";
import { useLast } from "../../../ui/use-last";
import { stepWords, sumsOf } from "./dunning-words";

const COLUMNS = [
  { key: "organization", label: "Organization" },
  { key: "step", label: "Step", phone: "bare" },
  { key: "next", label: "Next try" },
  { key: "access", label: "Access until" },
  { key: "risk", label: "MRR at risk", numeric: true, phone: "none" },
  { key: "due", label: "Due", numeric: true },
  { key: "acts", label: "Acts", quiet: true },
] as const;

type Case = DunningQuery["dunningCases"][number];
type Open = { readonly act: PlainAct; readonly id: string; readonly organizationId: string };

const sumWords = (amounts: Parameters<typeof sumsOf>[0]) => sumsOf(amounts).map(formatAmount).join(" and ");

/** The unpaid renewals, those that are so the longest first. */
export function DunningTable() {
  const { data } = useRegionQuery(DunningDocument, {}, { pollMs: 30_000 });
  const now = useTick(60_000);
  const [open, setOpen] = useState<Open | null>(null);
  const shown = useLast(open);
  const cases = data.dunningCases;
  if (cases.length === 0) {
    return (
      <Card title="Unpaid renewals">
        <EmptyState title="All renewals are paid" icon={IconCircleCheck}>
          As of {formatInstant(new Date(now).toISOString())} nobody is past due.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card
      title={plural(cases.length, "unpaid renewal")}
      description={`${sumWords(cases.map(({ amountDue }) => amountDue))} due, ${sumWords(cases.map(({ mrrAtRisk }) => mrrAtRisk))} of MRR at risk`}
      flush
    >
      <Table caption="Unpaid renewals" columns={COLUMNS}>
        {cases.map((one) => (
          <CaseRow key={one.subscription.id} one={one} now={now} onAct={setOpen} />
        ))}
      </Table>
      {shown && (
        <PlainActDialog
          key={`${shown.act} ${shown.id}`}
          {...shown}
          opened={open !== null}
          onClose={() => setOpen(null)}
        />
      )}
    </Card>
  );
}

type RowProps = { readonly one: Case; readonly now: number; readonly onAct: (open: Open) => void };

function CaseRow({ one, now, onAct }: RowProps) {
  const { organization, subscription, invoice, step, since, nextAttemptAt, accessUntil, mrrAtRisk, amountDue } = one;
  const isSent = subscription.collection === "INVOICE";
  const isRestricted = Date.parse(accessUntil) <= now;
  const act = (name: PlainAct) => ({
    label: ACTS[name].label,
    onClick: () => invoice && onAct({ act: name, id: invoice.id, organizationId: organization.id }),
  });
  return (
    <Row>
      <Cell column="organization" head>
        <Anchor component={Link} to={organizationUrl(organization.id, "subscription")} fz="sm" fw={600}>
          {organization.name}
        </Anchor>
        <Text size="xs" c="dimmed" fw={400}>
          {subscription.plan.name}
          {invoice && (
            <>
              {", "}
              <Anchor component={Link} to={staffInvoiceUrl(invoice.id)} fz="xs">
                {invoice.number ?? "draft"}
              </Anchor>
            </>
          )}
        </Text>
      </Cell>
      <Cell column="step">
        <Status tone={isRestricted ? "bad" : "warn"}>{isSent ? "Sent, not paid" : stepWords(step)}</Status>
        <Text size="xs" c="dimmed">
          {[
            ...(isSent || !invoice ? [] : [`${plural(invoice.attempts, "attempt")} so far`]),
            ...(Date.parse(since) <= now ? [`unpaid since ${formatDay(since)}`] : []),
          ].join(", ")}
        </Text>
      </Cell>
      <Cell column="next">{nextAttemptAt ? <Instant at={nextAttemptAt} zone="UTC" /> : "Not by itself"}</Cell>
      <Cell column="access">
        {isRestricted ? <Status tone="bad">Fallen to Free</Status> : <Instant at={accessUntil} zone="UTC" />}
      </Cell>
      <Cell column="risk">
        <Money value={mrrAtRisk} />
      </Cell>
      <Cell column="due">
        <Money value={amountDue} />
      </Cell>
      <Cell column="acts">
        {invoice && (
          <RowMenu
            label={`Acts on the invoice of ${organization.name}`}
            permission="staff:money"
            items={[
              ...(isSent ? [act("remind"), act("collect")] : [act("collect"), act("remind")]),
              { ...act("writeOff"), dangerous: true },
            ]}
          />
        )}
      </Cell>
    </Row>
  );
}
