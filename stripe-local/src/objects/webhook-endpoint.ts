import { apiVersion } from "../contract/contract.ts";
import type { Call } from "../http/call.ts";
import type { Endpoint } from "../http/event-log.ts";
import { newId } from "../http/new-id.ts";
import { page, type PageParams } from "../http/paging.ts";
import type { Route } from "../http/route.ts";
import { invalid, noSuch } from "../http/stripe-error.ts";
import { cleared, mergeMetadata, type MetadataParam } from "./change.ts";

export type WebhookEndpoint = Endpoint & {
  created: number;
  description: string | null;
  metadata: Record<string, string>;
  /** Told once, when the endpoint is made. */
  secret: string;
  url: string;
};

type EndpointParams = {
  api_version?: string;
  description?: string;
  disabled?: boolean;
  enabled_events?: string[];
  metadata?: MetadataParam;
  url?: string;
};

export const webhookEndpointRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/webhook_endpoints",
    handle: (call, params: EndpointParams & { url: string; enabled_events: string[] }) => create(call, params),
  },
  {
    method: "GET",
    path: "/v1/webhook_endpoints",
    handle({ store }, params: PageParams) {
      const found = page<WebhookEndpoint>(store, params, { kind: "webhook_endpoint", url: "/v1/webhook_endpoints" });
      return { ...found, data: found.data.map(withoutSecret) };
    },
  },
  {
    method: "GET",
    path: "/v1/webhook_endpoints/:id",
    handle: (call, _params, { id = "" }) => withoutSecret(existing(call, id)),
  },
  {
    method: "POST",
    path: "/v1/webhook_endpoints/:id",
    handle(call, params: EndpointParams, { id = "" }) {
      const changed = withParams(existing(call, id), params);
      call.store.put(changed);
      return withoutSecret(changed);
    },
  },
  {
    method: "DELETE",
    path: "/v1/webhook_endpoints/:id",
    handle(call, _params, { id = "" }) {
      existing(call, id);
      call.store.remove("webhook_endpoint", id);
      return { id, object: "webhook_endpoint", deleted: true };
    },
  },
];

/** Makes the one endpoint that the stand-in was started with, or gives it its address and secret anew. */
export function upsertEndpoint(call: Call, url: string, secret: string): void {
  const id = "we_of_start";
  const known = call.store.get<WebhookEndpoint>("webhook_endpoint", id);
  const params = { url, enabled_events: ["*"], description: "The endpoint that stripe-local was started with" };
  call.store.put({ ...(known ?? { ...newEndpoint(call), id }), ...params, secret, status: "enabled" });
}

function create(call: Call, params: EndpointParams): WebhookEndpoint {
  if (params.api_version !== undefined && params.api_version !== apiVersion) {
    throw invalid("api_version", `stripe-local speaks ${apiVersion} only.`);
  }
  const endpoint = withParams(newEndpoint(call), params);
  call.store.put(endpoint);
  return endpoint;
}

const newEndpoint = (call: Call): WebhookEndpoint => ({
  id: call.newId("we"),
  object: "webhook_endpoint",
  api_version: apiVersion,
  application: null,
  created: call.now,
  description: null,
  enabled_events: [],
  livemode: false,
  metadata: {},
  secret: newId("whsec", 32),
  status: "enabled",
  url: "",
});

function withParams(endpoint: WebhookEndpoint, params: EndpointParams): WebhookEndpoint {
  const { url = endpoint.url, enabled_events = endpoint.enabled_events, disabled, description, metadata } = params;
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw invalid("url", `Invalid URL: ${url}.`, "url_invalid");
  return {
    ...endpoint,
    url,
    enabled_events,
    description: description === undefined ? endpoint.description : cleared(description),
    metadata: mergeMetadata(endpoint.metadata, metadata),
    status: disabled === undefined ? endpoint.status : disabled ? "disabled" : "enabled",
  };
}

function existing({ store }: Call, id: string): WebhookEndpoint {
  const endpoint = store.get<WebhookEndpoint>("webhook_endpoint", id);
  if (!endpoint) throw noSuch("webhook endpoint", id);
  return endpoint;
}

const withoutSecret = ({ secret: _secret, ...endpoint }: WebhookEndpoint) => endpoint;
