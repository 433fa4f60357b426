import { Stack } from "@mantine/core";
import type { WebhookEndpointFragment } from "../../gql/documents";
import { useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { IgnoredParameters } from "../../ui/IgnoredParameters";
import { Region } from "../../ui/Region";
import { TableSkeleton } from "../../ui/Skeletons";
import { DELIVERIES_URL } from "./deliveries-view";
import { DeliveriesTable } from "./DeliveriesTable";
import { DeliveryFilter } from "./DeliveryFilter";
import { EndpointStanding } from "./EndpointStanding";

type Props = { readonly organizationId?: string | undefined; readonly endpoint: WebhookEndpointFragment };

/** One endpoint as customers and staff see it: how it does, and what was sent to it. */
export function EndpointPanel({ organizationId, endpoint }: Props) {
  const { view, setView, hrefWith, ignored } = useUrlState(DELIVERIES_URL);
  return (
    <>
      <IgnoredParameters names={ignored} />
      <EndpointStanding endpoint={endpoint} />
      <Stack gap="md">
        <DeliveryFilter view={view} setView={setView} />
        <Card title="Messages, newest first" description="Kept for 60 days" flush>
          <Region name="The messages" skeleton={<TableSkeleton />}>
            <DeliveriesTable
              organizationId={organizationId}
              endpoint={endpoint}
              view={view}
              setView={setView}
              hrefWith={hrefWith}
            />
          </Region>
        </Card>
      </Stack>
    </>
  );
}
