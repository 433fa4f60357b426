import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Anchor, Text, Timeline, Title } from "@mantine/core";
import { Link } from "react-router";
import { EventLedger_EventFragmentDoc, type EventLedger_EventFragment } from "../../gql/documents";
import { Instant } from "../../ui/Instant";
import { staffInvoiceUrl } from "../invoice-acts/urls";
import { invoiceUrl } from "../invoices/urls";
import { ledgerOf, type LedgerStep } from "./event-ledger";

type Props = {
  readonly event: FragmentType<EventLedger_EventFragment>;
  /** Named where staff look: bills then open in their rooms. */
  readonly organizationId: string | undefined;
};

/** Accepted, rated, voided, charged, invoiced: what became of an event, with the way to its bill. */
export function EventLedger({ event: from, organizationId }: Props) {
  const { data: event, complete } = useFragment({ fragment: EventLedger_EventFragmentDoc, from });
  if (!complete) return null;
  const steps = ledgerOf(event);
  return (
    <section aria-label="Its way to the bill">
      <Title order={3} mb="sm">
        Its way to the bill
      </Title>
      <Timeline active={steps.filter(({ at }) => at !== null).length - 1} bulletSize={14} lineWidth={2}>
        {steps.map((step) => (
          <Timeline.Item key={step.id} title={step.what} {...(step.at === null ? { lineVariant: "dashed" } : {})}>
            <Text size="sm" c="dimmed">
              {step.at === null ? "Still to come" : <Instant at={step.at} as="exact" zone="UTC" />}
            </Text>
            {step.words.map((words) => (
              <Text key={words} size="sm">
                {words}
              </Text>
            ))}
            <Bill invoice={step.invoice} isStaff={organizationId !== undefined} />
          </Timeline.Item>
        ))}
      </Timeline>
    </section>
  );
}

function Bill({ invoice, isStaff }: { invoice: LedgerStep["invoice"]; isStaff: boolean }) {
  if (invoice === null) return null;
  const { id, number, lineId } = invoice;
  const to = isStaff ? staffInvoiceUrl(id) : invoiceUrl(id, lineId === null ? {} : { line: lineId });
  return (
    <Anchor component={Link} to={to} size="sm">
      {number === null ? "The draft of its invoice" : `Invoice ${number}`}
    </Anchor>
  );
}
