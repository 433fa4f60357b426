import { UpcomingInvoiceDocument, type UpcomingInvoiceQuery } from "../../gql/documents";
import { formatInstant, formatPeriod } from "../../lib/instant";
import { useRegionQuery } from "../../lib/query";
import { useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { Region } from "../../ui/Region";
import { TableSkeleton } from "../../ui/Skeletons";
import { UrlDrawer } from "../../ui/UrlDrawer";
import { cardWords } from "./card-words";
import { type EventsSlot, LineEvents } from "./LineEvents";
import { UPCOMING_URL } from "./upcoming-view";
import { NothingDue, UpcomingSum } from "./UpcomingParts";
import { UpcomingLines } from "./UpcomingLines";

type Subscription = UpcomingInvoiceQuery["organization"]["subscription"];

const paidBy = ({ collection, paymentMethod }: Subscription): string => {
  if (collection === "INVOICE") return "Sent as an invoice, due within 30 days.";
  return paymentMethod ? `To ${cardWords(paymentMethod)}.` : "There is no payment method yet.";
};

type Props = {
  readonly organizationId?: string | undefined;
  /** How the events of a line are shown. */
  readonly renderEvents: EventsSlot;
};

/** What will be billed and why: lines that open to the events behind them. */
export function UpcomingInvoice({ organizationId, renderEvents }: Props) {
  const { view, setView, hrefWith } = useUrlState(UPCOMING_URL);
  const { data, isStale } = useRegionQuery(
    UpcomingInvoiceDocument,
    { organizationId: organizationId ?? null },
    { pollMs: 30_000 },
  );
  const { upcomingInvoice: preview, subscription } = data.organization;
  if (!preview || preview.lines.length === 0) return <NothingDue status={subscription.status} />;

  return (
    <>
      <Card
        title={`${subscription.collection === "INVOICE" ? "Invoiced" : "Charged"} ${formatInstant(preview.dueAt)}`}
        description={`For ${formatPeriod(preview.periodStart, preview.periodEnd)}, ${subscription.plan.name}. ${paidBy(subscription)}`}
        actions={<UpcomingSum preview={preview} />}
        flush
      >
        <UpcomingLines preview={preview} isStale={isStale} hrefOf={(line) => hrefWith({ line, after: null })} />
      </Card>
      <UrlDrawer
        open={view.line}
        onClose={() => setView({ line: null, after: null })}
        title="Line of the upcoming invoice"
        wide
      >
        {(id) => (
          <Region name="The events of the line" skeleton={<TableSkeleton />}>
            <LineEvents
              line={preview.lines.find((line) => line.id === id)}
              organizationId={organizationId}
              view={view}
              setView={setView}
              renderEvents={renderEvents}
            />
          </Region>
        )}
      </UrlDrawer>
    </>
  );
}
