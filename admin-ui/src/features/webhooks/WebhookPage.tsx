import { useNavigate, useParams } from "react-router";
import { WebhookEndpointsDocument, type WebhookEndpointFragment } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { useUrlState } from "../../lib/url-state";
import { NotFoundPage } from "../../ui/Dead";
import { Page } from "../../ui/Page";
import { PageOfOne } from "../../ui/PageOfOne";
import { DELIVERIES_URL } from "./deliveries-view";
import { EndpointPanel } from "./EndpointPanel";
import { webhooksUrl } from "./urls";
import { useEndpointActs } from "./use-endpoint-acts";
import { hostOf } from "./webhook-words";

const TRAIL = [{ label: "Webhooks", to: webhooksUrl() }];

/** One endpoint: how it does, what was sent to it, and what can be done about it. */
export function WebhookPage() {
  const { id = "" } = useParams();
  return (
    <PageOfOne id={id} title="Endpoint" name="The endpoint" trail={TRAIL} home={webhooksUrl()}>
      <Loaded id={id} />
    </PageOfOne>
  );
}

function Loaded({ id }: { id: string }) {
  const { data } = useRegionQuery(WebhookEndpointsDocument, { organizationId: null }, { pollMs: 10_000 });
  const endpoint = data.organization.webhookEndpoints.find((each) => each.id === id);
  return endpoint ? <Shown endpoint={endpoint} /> : <NotFoundPage home={webhooksUrl()} />;
}

function Shown({ endpoint }: { endpoint: WebhookEndpointFragment }) {
  const navigate = useNavigate();
  const { setView } = useUrlState(DELIVERIES_URL);
  const { buttons, dialogs } = useEndpointActs({
    endpoint,
    onTested: (open) => setView({ open }),
    onDeleted: () => void navigate(webhooksUrl()),
  });
  return (
    <Page
      title={hostOf(endpoint.url)}
      trail={TRAIL}
      state={endpoint.description === "" ? undefined : endpoint.description}
      actions={buttons}
    >
      {dialogs}
      <EndpointPanel endpoint={endpoint} />
    </Page>
  );
}
