import type { Call } from "../http/call.ts";
import { isWithin, page, pageOf, type PageParams, type Range } from "../http/paging.ts";
import type { Route } from "../http/route.ts";
import { isEnded, type Subscription, type SubscriptionStatus } from "../objects/subscription.ts";
import { type PauseParams, pauseSubscription, type ResumeParams, resumeSubscription } from "./pause.ts";
import { presentItem } from "./present.ts";
import { readSubscription } from "./read.ts";
import { type CancelParams, cancelSubscription } from "./subscription-cancel.ts";
import { createSubscription } from "./subscription-create.ts";
import type { UpdateParams } from "./subscription-fields.ts";
import type { SubscriptionTerms } from "./subscription-terms.ts";
import { updateSubscription } from "./subscription-update.ts";

type ListParams = PageParams & {
  collection_method?: string;
  current_period_end?: number | Range;
  current_period_start?: number | Range;
  customer?: string;
  price?: string;
  status?: SubscriptionStatus | "all" | "ended";
};

function matches(params: ListParams, subscription: Subscription): boolean {
  const { status, price, collection_method, current_period_end, current_period_start } = params;
  const { items } = subscription;
  const hasStatus =
    status === undefined
      ? subscription.status !== "canceled"
      : status === "all" || (status === "ended" ? isEnded(subscription) : subscription.status === status);
  return (
    hasStatus &&
    (collection_method === undefined || subscription.collection_method === collection_method) &&
    (price === undefined || items.some((item) => item.price === price)) &&
    items.some((item) => isWithin(item.current_period_end, current_period_end)) &&
    items.some((item) => isWithin(item.current_period_start, current_period_start))
  );
}

export const subscriptionRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/subscriptions",
    handle: (call: Call, params: SubscriptionTerms) => createSubscription(call, params),
  },
  {
    method: "GET",
    path: "/v1/subscriptions",
    handle: ({ store }: Call, params: ListParams) =>
      page<Subscription>(store, params, {
        kind: "subscription",
        url: "/v1/subscriptions",
        ...(params.customer === undefined ? {} : { filter: { customer: params.customer } }),
        matches: (subscription) => matches(params, subscription),
      }),
  },
  {
    method: "GET",
    path: "/v1/subscriptions/:id",
    handle: (call: Call, _params: object, { id = "" }) => readSubscription(call, id),
  },
  {
    method: "POST",
    path: "/v1/subscriptions/:id",
    handle: (call: Call, params: UpdateParams, { id = "" }) => updateSubscription(call, id, params),
  },
  {
    method: "DELETE",
    path: "/v1/subscriptions/:id",
    handle: (call: Call, params: CancelParams, { id = "" }) => cancelSubscription(call, id, params),
  },
  {
    method: "POST",
    path: "/v1/subscriptions/:id/pause",
    handle: (call: Call, params: PauseParams, { id = "" }) => pauseSubscription(call, id, params),
  },
  {
    method: "POST",
    path: "/v1/subscriptions/:id/resume",
    handle: (call: Call, params: ResumeParams, { id = "" }) => resumeSubscription(call, id, params),
  },
  {
    method: "GET",
    path: "/v1/subscription_items",
    handle: (call: Call, params: PageParams & { subscription: string }) => {
      const { items } = readSubscription(call, params.subscription, "subscription");
      return pageOf(
        items.map((item) => presentItem(call, item)),
        params,
        "/v1/subscription_items",
      );
    },
  },
];
