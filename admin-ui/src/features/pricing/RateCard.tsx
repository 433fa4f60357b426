import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { RateCard_PlanFragmentDoc, type RateCard_PlanFragment } from "../../gql/documents";
import { meterName } from "../../lib/quantity";
import { Card } from "../../ui/Card";
import { Facts } from "../../ui/Facts";
import { Money } from "../../ui/Figures";
import { Cell, Row, Table } from "../../ui/Table";
import {
  allowanceWords,
  entitlementLabel,
  entitlementWords,
  LIMIT_KINDS,
  rateLimitWords,
  supportWords,
} from "./plan-terms-words";
import { premiumWords, priceWords, keyOfUse, wordsOfUse } from "./price-words";
import classes from "./RateCard.module.css";

type Props = {
  readonly plan: FragmentType<RateCard_PlanFragment>;
  /** False where the prices stand elsewhere on the page. */
  readonly withPrices?: boolean;
};

/** All that one version of a plan promises. */
export function RateCard({ plan: from, withPrices = true }: Props) {
  const { data: plan, complete } = useFragment({ fragment: RateCard_PlanFragmentDoc, from });
  if (!complete) return null;
  const title = `${plan.name}, version ${plan.version}`;
  return (
    <>
      {withPrices && <Prices prices={plan.prices} />}
      <Card title={`What ${title}, includes`}>
        <div className={classes.columns}>
          <Facts
            facts={[
              [
                "Monthly price",
                <span key="monthly">
                  {plan.monthlyPriceIsMinimum && "from "}
                  <Money value={plan.monthlyPrice} />
                </span>,
              ],
              ...plan.included.map(
                ({ meter, quantity }) => [meterName(meter), allowanceWords(meter, quantity)] as const,
              ),
              ["Past the allowance", LIMIT_KINDS[plan.limitKind]],
            ]}
          />
          <Facts
            facts={[
              ...plan.entitlements.map((each) => [entitlementLabel(each.key), entitlementWords(each)] as const),
              ["Support", supportWords(plan.support)],
              ["Rate limits", plan.rateLimits.map(rateLimitWords).join(", ")],
            ]}
          />
        </div>
      </Card>
    </>
  );
}

const COLUMNS = [
  { key: "use", label: "Use" },
  { key: "price", label: "Price" },
  { key: "premium", label: "Premium models" },
];

function Prices({ prices }: { prices: RateCard_PlanFragment["prices"] }) {
  return (
    <Card title="Prices past the allowance" flush>
      <Table caption="Prices past the allowance" columns={COLUMNS}>
        {prices.map((price) => (
          <Row key={keyOfUse(price)}>
            <Cell column="use" head>
              {wordsOfUse(price)}
            </Cell>
            <Cell column="price">{priceWords(price)}</Cell>
            <Cell column="premium">{premiumWords(price.premiumMultiplier)}</Cell>
          </Row>
        ))}
      </Table>
    </Card>
  );
}
