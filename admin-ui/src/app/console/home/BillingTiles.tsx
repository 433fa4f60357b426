import { Text } from "@mantine/core";
import { Link } from "react-router";
import { alarmsUrl } from "../../../features/alarms/urls";
import { staffInvoicesUrl } from "../../../features/invoice-acts/urls";
import { reconciliationUrl } from "../../../features/reconciliation/urls";
import { eventsInUrl, stripeCallsUrl } from "../../../features/stripe-traffic/urls";
import { HomeBillingDocument, type HomeBillingQuery } from "../../../gql/documents";
import { formatCount } from "../../../lib/quantity";
import { useRegionQuery } from "../../../lib/query";
import { Instant } from "../../../ui/Instant";
import { Status, type Tone } from "../../../ui/Status";
import classes from "./HomePage.module.css";

type Tile = { readonly to: string; readonly count: number; readonly label: string; readonly bad: Tone };

/** Work that waits longer than this is stuck. */
const STUCK_SECONDS = 300;

/** What of the billing needs somebody. Each count leads to what it counts. */
export function BillingTiles() {
  const {
    billingHealth: health,
    latestProof,
    dunningCases,
  } = useRegionQuery(HomeBillingDocument, {}, { pollMs: 30_000 }).data;
  const isStuck = (health.oldestPendingSeconds ?? 0) > STUCK_SECONDS;
  const tiles: readonly Tile[] = [
    { to: staffInvoicesUrl({ held: "1" }), count: health.heldInvoices, label: "Invoices held", bad: "bad" },
    { to: "/console/money/dunning", count: dunningCases.length, label: "Unpaid renewals", bad: "bad" },
    { to: alarmsUrl(), count: health.openAlarms, label: "Open alarms", bad: "bad" },
    { to: eventsInUrl({ state: "FAILED" }), count: health.failedEvents, label: "Webhooks failed", bad: "bad" },
    {
      to: stripeCallsUrl({ state: "PENDING" }),
      count: health.pendingCalls,
      label: "Calls waiting",
      bad: isStuck ? "bad" : "info",
    },
  ];
  return (
    <ul className={classes.tiles} aria-label="Billing">
      {tiles.map(({ to, count, label, bad }) => (
        <li key={label}>
          <Link to={to} className={classes.tile}>
            <span className={classes.count}>{formatCount(count)}</span>{" "}
            <Status tone={count === 0 ? "plain" : bad}>{label}</Status>
          </Link>
        </li>
      ))}
      <li>
        <Link to={reconciliationUrl()} className={classes.tile}>
          <Proof proof={latestProof} />
        </Link>
      </li>
    </ul>
  );
}

function Proof({ proof }: { proof: HomeBillingQuery["latestProof"] }) {
  if (!proof) {
    return (
      <>
        <span className={classes.count}>-</span> <Status tone="plain">No proof yet</Status>
      </>
    );
  }
  return (
    <>
      <span className={classes.count}>{formatCount(proof.differenceCount)}</span>{" "}
      <Status tone={proof.clean ? "good" : "bad"}>{proof.error === null ? "Differences" : "Proof broke off"}</Status>
      {proof.finishedAt && (
        <Text span size="xs" c="dimmed" display="block" mt={4}>
          <Instant at={proof.finishedAt} as="relative" />
        </Text>
      )}
    </>
  );
}
