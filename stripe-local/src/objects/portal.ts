import type { Call } from "../http/call.ts";
import { portalUrl } from "../http/links.ts";
import { page, type PageParams } from "../http/paging.ts";
import type { Route } from "../http/route.ts";
import { invalid, missing, noSuch } from "../http/stripe-error.ts";
import type { StripeObject } from "../store/store.ts";
import { cleared, mergeMetadata, update, type MetadataParam } from "./change.ts";
import { existingCustomer } from "./customer.ts";
import { featuresWith, type Features, type FeaturesParams } from "./portal-features.ts";

export type PortalConfiguration = StripeObject & {
  object: "billing_portal.configuration";
  active: boolean;
  business_profile: { headline: string | null; privacy_policy_url: string | null; terms_of_service_url: string | null };
  created: number;
  default_return_url: string | null;
  features: Features;
  is_default: boolean;
  metadata: Record<string, string>;
  name: string | null;
  updated: number;
};

export type PortalSession = StripeObject & {
  object: "billing_portal.session";
  configuration: string;
  created: number;
  customer: string;
  flow: { type: string; subscription_cancel: { subscription: string } | null } | null;
  return_url: string | null;
  url: string;
};

type ConfigurationParams = {
  active?: boolean;
  business_profile?: { headline?: string; privacy_policy_url?: string; terms_of_service_url?: string };
  default_return_url?: string;
  features?: FeaturesParams;
  metadata?: MetadataParam;
  name?: string;
};

type SessionParams = {
  configuration?: string;
  customer?: string;
  flow_data?: { type: string; subscription_cancel?: { subscription: string } };
  locale?: string;
  return_url?: string;
};

const URL_OF_CONFIGURATIONS = "/v1/billing_portal/configurations";

export const portalRoutes: readonly Route[] = [
  {
    method: "POST",
    path: URL_OF_CONFIGURATIONS,
    handle: (call, params: ConfigurationParams) => createConfiguration(call, params, false),
  },
  {
    method: "GET",
    path: URL_OF_CONFIGURATIONS,
    handle: ({ store }, params: PageParams & { active?: boolean; is_default?: boolean }) =>
      page<PortalConfiguration>(store, params, {
        kind: "billing_portal.configuration",
        url: URL_OF_CONFIGURATIONS,
        matches: ({ active, is_default }) =>
          (params.active === undefined || active === params.active) &&
          (params.is_default === undefined || is_default === params.is_default),
      }),
  },
  {
    method: "GET",
    path: `${URL_OF_CONFIGURATIONS}/:id`,
    handle: (call, _params, { id = "" }) => existingConfiguration(call, id, "id"),
  },
  {
    method: "POST",
    path: `${URL_OF_CONFIGURATIONS}/:id`,
    handle(call, params: ConfigurationParams, { id = "" }) {
      const configuration = existingConfiguration(call, id, "id");
      const changed = { ...withParams(configuration, params), updated: call.now };
      return update(call, "billing_portal.configuration.updated", configuration, changed);
    },
  },
  {
    method: "POST",
    path: "/v1/billing_portal/sessions",
    handle: (call, params: SessionParams) => createSession(call, params),
  },
];

/** @throws StripeError resource_missing */
function existingConfiguration({ store }: Call, id: string, param = "configuration"): PortalConfiguration {
  const configuration = store.get<PortalConfiguration>("billing_portal.configuration", id);
  if (!configuration) throw noSuch("configuration", id, param);
  return configuration;
}

function createSession(call: Call, params: SessionParams): PortalSession {
  const customer = existingCustomer(call, params.customer ?? raise(missing("customer")));
  const configuration =
    params.configuration === undefined ? defaultConfiguration(call) : existingConfiguration(call, params.configuration);
  const id = call.newId("bps");
  const session: PortalSession = {
    id,
    object: "billing_portal.session",
    configuration: configuration.id,
    created: call.now,
    customer: customer.id,
    customer_account: null,
    flow: params.flow_data ? flowOf(call, params.flow_data) : null,
    livemode: false,
    locale: params.locale ?? null,
    on_behalf_of: null,
    return_url: params.return_url ?? configuration.default_return_url,
    url: portalUrl(call.origin, id),
  };
  call.store.put(session);
  call.emit("billing_portal.session.created", session);
  return session;
}

/** The account's own configuration, made when it is first needed. */
function defaultConfiguration(call: Call): PortalConfiguration {
  const known = call.store
    .list<PortalConfiguration>("billing_portal.configuration")
    .find(({ is_default }) => is_default);
  const features: FeaturesParams = {
    invoice_history: { enabled: true },
    payment_method_update: { enabled: true },
    subscription_cancel: { enabled: true, mode: "at_period_end" },
  };
  return known ?? createConfiguration(call, { features }, true);
}

function createConfiguration(call: Call, params: ConfigurationParams, isDefault: boolean): PortalConfiguration {
  const blank: PortalConfiguration = {
    id: call.newId("bpc"),
    object: "billing_portal.configuration",
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: call.now,
    default_return_url: null,
    features: featuresWith(null, {}),
    is_default: isDefault,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: {},
    name: null,
    updated: call.now,
  };
  const configuration = withParams(blank, params);
  call.store.put(configuration);
  call.emit("billing_portal.configuration.created", configuration);
  return configuration;
}

function withParams(configuration: PortalConfiguration, params: ConfigurationParams): PortalConfiguration {
  const { active, business_profile, default_return_url, features, metadata, name } = params;
  const profile = Object.entries(business_profile ?? {}).map(([key, value]): [string, string | null] => [
    key,
    value || null,
  ]);
  return {
    ...configuration,
    active: active ?? configuration.active,
    business_profile: { ...configuration.business_profile, ...Object.fromEntries(profile) },
    default_return_url:
      default_return_url === undefined ? configuration.default_return_url : cleared(default_return_url),
    features: features ? featuresWith(configuration.features, features) : configuration.features,
    metadata: mergeMetadata(configuration.metadata, metadata),
    name: name === undefined ? configuration.name : cleared(name),
  };
}

function flowOf({ store }: Call, { type, subscription_cancel: cancel }: NonNullable<SessionParams["flow_data"]>) {
  if (type !== "payment_method_update" && type !== "subscription_cancel") {
    throw invalid("flow_data[type]", `stripe-local does not serve the flow ${type}.`);
  }
  if (type === "subscription_cancel") {
    if (!cancel) throw missing("flow_data[subscription_cancel]");
    if (!store.get("subscription", cancel.subscription)) {
      throw noSuch("subscription", cancel.subscription, "flow_data[subscription_cancel][subscription]");
    }
  }
  return {
    after_completion: { hosted_confirmation: null, redirect: null, type: "portal_homepage" },
    customer_update: null,
    subscription_cancel: cancel ? { retention: null, subscription: cancel.subscription } : null,
    subscription_pause: null,
    subscription_update: null,
    subscription_update_confirm: null,
    type,
  };
}

function raise(error: Error): never {
  throw error;
}
