import { useFragment } from "@apollo/client/react";
import { Text } from "@mantine/core";
import { useState } from "react";
import { UsageRoutes_OrganizationFragmentDoc, UsageRoutesDocument } from "../../gql/documents";
import { meterName } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { Instant } from "../../ui/Instant";
import { RowMenu } from "../../ui/RowMenu";
import { Cell, Row, Table } from "../../ui/Table";
import { ChooseRouteDialog } from "./ChooseRouteDialog";
import { actWords, routeName, routesTitle, stripeNote, type UsageRoute } from "./route-words";

const COLUMNS = [
  { key: "meter", label: "Meter" },
  { key: "now", label: "This period" },
  { key: "next", label: "From the next one on" },
  { key: "acts", label: "Actions", quiet: true },
] as const;

/** How each meter's usage reaches a customer's invoices, and the choice of it. */
export function UsageRoutes({ organizationId }: { readonly organizationId: string }) {
  const { data: read } = useRegionQuery(UsageRoutesDocument, { organizationId });
  const { data, complete } = useFragment({ fragment: UsageRoutes_OrganizationFragmentDoc, from: read.organization });
  const [chosen, setChosen] = useState<UsageRoute | null>(null);
  if (!complete) return null;
  return (
    <Card
      title={routesTitle(data.usageRoutes)}
      description="How usage past the allowance gets onto Stripe's invoices. The amount is the same either way."
      flush
    >
      <Table caption="Routes of usage" columns={COLUMNS}>
        {data.usageRoutes.map((route) => (
          <RouteRow key={route.id} route={route} onChoose={() => setChosen(route)} />
        ))}
      </Table>
      <ChooseRouteDialog organizationId={organizationId} route={chosen} onClose={() => setChosen(null)} />
    </Card>
  );
}

function RouteRow({ route, onChoose }: { route: UsageRoute; onChoose: () => void }) {
  const note = stripeNote(route);
  return (
    <Row>
      <Cell column="meter" head>
        {meterName(route.meter)}
        {note && (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        )}
      </Cell>
      <Cell column="now">{routeName(route.route)}</Cell>
      <Cell column="next">
        {route.changesAt === null ? (
          routeName(route.next)
        ) : (
          <>
            <Text span size="sm" fw={600}>
              {routeName(route.next)}
            </Text>
            <Text size="xs" c="dimmed">
              from <Instant at={route.changesAt} as="day" zone="UTC" />
            </Text>
          </>
        )}
      </Cell>
      <Cell column="acts">
        <RowMenu
          label={`Actions for the route of ${meterName(route.meter)}`}
          permission="staff:money"
          items={[{ label: actWords(route), onClick: onChoose }]}
        />
      </Cell>
    </Row>
  );
}
