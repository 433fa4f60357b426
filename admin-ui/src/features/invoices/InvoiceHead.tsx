import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { InvoiceHead_InvoiceFragmentDoc, type InvoiceHead_InvoiceFragment } from "../../gql/documents";
import { useTick } from "../../lib/clock";
import { formatPeriod } from "../../lib/instant";
import { Card } from "../../ui/Card";
import { Facts } from "../../ui/Facts";
import { Money } from "../../ui/Figures";
import { Instant } from "../../ui/Instant";
import { Notice } from "../../ui/Notice";
import { Status } from "../../ui/Status";
import { invoiceState, isOwed, reasonOf } from "./invoice-words";
import classes from "./Invoices.module.css";

type Props = { readonly invoice: FragmentType<InvoiceHead_InvoiceFragment> };

/** How the bill stands, who it is for, and for which time. */
export function InvoiceHead({ invoice: from }: Props) {
  const now = useTick(60_000);
  const { data: invoice, complete } = useFragment({ fragment: InvoiceHead_InvoiceFragmentDoc, from });
  if (!complete) return null;
  const { label, tone, sentence } = invoiceState(invoice, now);
  const isDead = invoice.status === "VOID" || invoice.status === "UNCOLLECTIBLE";
  return (
    <Card title={invoice.status === "DRAFT" ? "Not issued yet" : reasonOf(invoice.reason)}>
      {(isDead || invoice.status === "DRAFT") && <p className={classes.watermark}>{label.toUpperCase()}</p>}
      <Group justify="space-between" align="flex-start" gap="md" mb="md">
        <div>
          <Status tone={tone}>{label}</Status>
          <Text mt={4} maw="40rem">
            {sentence}
          </Text>
        </div>
        <div>
          <Text className={isDead ? `${classes.total} ${classes.void}` : classes.total}>
            <Money value={invoice.total} />
          </Text>
          <Text size="sm" c="dimmed">
            {isOwed(invoice) ? (
              <>
                <Money value={invoice.amountRemaining} /> due
              </>
            ) : (
              "Nothing is due"
            )}
          </Text>
        </div>
      </Group>
      <div className={classes.parties}>
        <Facts
          facts={[
            ["For", invoice.organization.name],
            ["Service period", formatPeriod(invoice.periodStart, invoice.periodEnd)],
          ]}
        />
        <Facts
          facts={[["Issued", invoice.issuedAt ? <Instant at={invoice.issuedAt} zone="UTC" /> : "-"], dueFact(invoice)]}
        />
      </div>
      {invoice.status === "DRAFT" && invoice.verifying && (
        <Notice tone="info">
          Each line is compared with the usage behind it before an invoice is issued. Nothing is charged until that is
          done.
        </Notice>
      )}
    </Card>
  );
}

type DueFact = Pick<InvoiceHead_InvoiceFragment, "paidAt" | "dueAt" | "nextAttemptAt" | "collection" | "status">;

function dueFact({ paidAt, dueAt, nextAttemptAt, collection, status }: DueFact): readonly [string, ReactNode] {
  if (paidAt) return ["Paid", <Instant key="paid" at={paidAt} zone="UTC" />];
  if (status === "OPEN" && dueAt) return ["Due", <Instant key="due" at={dueAt} zone="UTC" />];
  if (status === "OPEN" && nextAttemptAt) return ["Next try", <Instant key="next" at={nextAttemptAt} zone="UTC" />];
  return ["Collected", collection === "CARD" ? "from the card on file" : "by transfer"];
}
