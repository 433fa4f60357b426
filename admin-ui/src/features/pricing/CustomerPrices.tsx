import { useFragment } from "@apollo/client/react";
import { Text } from "@mantine/core";
import { useState } from "react";
import {
  CustomerPrices_SubscriptionFragmentDoc,
  CustomerPricesDocument,
  type CustomerPricesQuery,
  RateCard_PlanFragmentDoc,
} from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { Instant } from "../../ui/Instant";
import { MayButton } from "../../ui/MayButton";
import { RowMenu } from "../../ui/RowMenu";
import { Cell, Row, Table } from "../../ui/Table";
import { type PriceRow, priceInForce, priceRows } from "./price-rows";
import { premiumWords, priceWords, wordsOfUse } from "./price-words";
import { RateCard } from "./RateCard";
import { RemovePriceDialog } from "./RemovePriceDialog";
import { SetPriceDialog } from "./SetPriceDialog";

type Subscription = CustomerPricesQuery["organization"]["subscription"];
type Act = { readonly kind: "set" | "remove"; readonly row: PriceRow };

/** What one customer pays for usage past the allowance, and what else their plan version promises. */
export function CustomerPrices({ organizationId }: { readonly organizationId: string }) {
  const { data } = useRegionQuery(CustomerPricesDocument, { organizationId });
  const { subscription } = data.organization;
  return (
    <>
      <PricesCard organizationId={organizationId} subscription={subscription} />
      <RateCard plan={subscription.plan} withPrices={false} />
    </>
  );
}

const COLUMNS = [
  { key: "use", label: "Past the allowance" },
  { key: "plan", label: "The plan's price", phone: "bare" },
  { key: "own", label: "Their own price" },
  { key: "acts", label: "Actions", quiet: true },
] as const;

function PricesCard({ organizationId, subscription }: { organizationId: string; subscription: Subscription }) {
  const plan = useFragment({ fragment: RateCard_PlanFragmentDoc, from: subscription.plan });
  const own = useFragment({ fragment: CustomerPrices_SubscriptionFragmentDoc, from: subscription });
  const [act, setAct] = useState<Act | null>(null);
  if (!plan.complete || !own.complete) return null;
  const rows = priceRows(plan.data.prices, own.data.priceOverrides);
  const count = own.data.priceOverrides.length;

  return (
    <Card
      title={
        count === 0 ? "They pay the plan's prices" : `${count === 1 ? "One price is" : `${count} prices are`} their own`
      }
      description="A price holds for usage accepted after it was set."
      actions={
        <MayButton
          permission="staff:money"
          variant="default"
          onClick={() => rows[0] && setAct({ kind: "set", row: rows[0] })}
        >
          Set a price
        </MayButton>
      }
      flush
    >
      <Table caption="Prices past the allowance" columns={COLUMNS}>
        {rows.map((row) => (
          <PriceLine key={row.key} row={row} onAct={setAct} />
        ))}
      </Table>
      <SetPriceDialog
        organizationId={organizationId}
        rows={rows}
        row={act?.kind === "set" ? act.row : null}
        onClose={() => setAct(null)}
      />
      <RemovePriceDialog
        organizationId={organizationId}
        row={act?.kind === "remove" ? act.row : null}
        onClose={() => setAct(null)}
      />
    </Card>
  );
}

function PriceLine({ row, onAct }: { row: PriceRow; onAct: (act: Act) => void }) {
  const { plan, own } = row;
  const price = priceInForce(row);
  if (!price) return null;
  const premium = premiumWords(price.premiumMultiplier);
  return (
    <Row>
      <Cell column="use" head>
        {wordsOfUse(price)}
        {premium && (
          <Text size="xs" c="dimmed">
            {premium} for premium models
          </Text>
        )}
      </Cell>
      <Cell column="plan">
        {plan && (
          <Text span size="sm" {...(own ? { td: "line-through", c: "dimmed" } : {})}>
            {priceWords(plan)}
          </Text>
        )}
      </Cell>
      <Cell column="own">
        {own && (
          <>
            <Text span size="sm" fw={600}>
              {priceWords(own.price)}
            </Text>
            <Text size="xs" c="dimmed">
              {own.note}, since <Instant at={own.createdAt} as="day" zone="UTC" />
            </Text>
          </>
        )}
      </Cell>
      <Cell column="acts">
        <RowMenu
          label={`Actions for the price of ${wordsOfUse(price)}`}
          permission="staff:money"
          items={[
            { label: own ? "Change their price" : "Set their own price", onClick: () => onAct({ kind: "set", row }) },
            ...(own
              ? [{ label: "Back to the plan's price", onClick: () => onAct({ kind: "remove", row }), dangerous: true }]
              : []),
          ]}
        />
      </Cell>
    </Row>
  );
}
