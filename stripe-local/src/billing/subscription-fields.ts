import type { Call } from "../http/call.ts";
import { mergeMetadata } from "../objects/change.ts";
import type {
  CancellationDetails,
  CollectionMethod,
  Metadata,
  ProrationBehavior,
  Subscription,
} from "../objects/subscription.ts";
import { ownMethod } from "./payer.ts";
import { refuse } from "./refuse.ts";
import { scheduledEnd } from "./scheduled-end.ts";
import type { ItemParams } from "./subscription-items.ts";
import type { PaymentBehavior, SubscriptionTerms } from "./subscription-terms.ts";

export type UpdateParams = {
  billing_cycle_anchor?: { type: "now" | "unchanged" };
  cancel_at?: SubscriptionTerms["cancel_at"] | "";
  cancel_at_period_end?: boolean;
  cancellation_details?: { comment?: string; feedback?: string };
  collection_method?: CollectionMethod;
  days_until_due?: number;
  default_payment_method?: string;
  description?: string;
  items?: ItemParams[];
  metadata?: Metadata | "";
  pause_collection?: { behavior: "keep_as_draft" | "mark_uncollectible" | "void"; resumes_at?: number } | "";
  payment_behavior?: PaymentBehavior;
  payment_settings?: { save_default_payment_method?: "off" | "on_subscription" };
  proration_behavior?: ProrationBehavior;
  proration_date?: number;
  trial_end?: "now" | number;
  trial_settings?: SubscriptionTerms["trial_settings"];
};

/** The fields that change without a bill. */
export function fieldChanges(call: Call, before: Subscription, params: UpdateParams): Partial<Subscription> {
  const { collection_method, days_until_due, default_payment_method, description, metadata } = params;
  const { pause_collection, payment_settings, trial_settings } = params;
  return {
    ...(collection_method === undefined ? {} : { collection_method }),
    ...(days_until_due === undefined ? {} : { days_until_due }),
    ...(collection_method === "charge_automatically" ? { days_until_due: null } : {}),
    ...(default_payment_method === undefined
      ? {}
      : { default_payment_method: ownMethod(call, default_payment_method, before.customer).id }),
    ...(description === undefined ? {} : { description: description === "" ? null : description }),
    ...(metadata === undefined ? {} : { metadata: mergeMetadata(before.metadata, metadata) }),
    ...(pause_collection === undefined
      ? {}
      : {
          pause_collection:
            pause_collection === ""
              ? null
              : { behavior: pause_collection.behavior, resumes_at: pause_collection.resumes_at ?? null },
        }),
    ...(payment_settings?.save_default_payment_method === undefined
      ? {}
      : {
          payment_settings: {
            payment_method_options: null,
            payment_method_types: null,
            save_default_payment_method: payment_settings.save_default_payment_method,
          },
        }),
    ...(trial_settings === undefined
      ? {}
      : {
          trial_settings: {
            end_behavior: {
              ...before.trial_settings.end_behavior,
              ...trial_settings.end_behavior,
            },
          },
        }),
    ...endChanges(call, before, params),
  };
}

/** Schedules the end, takes it back, or says why. */
function endChanges(
  call: Call,
  before: Subscription,
  { cancel_at, cancel_at_period_end, cancellation_details }: UpdateParams,
): Partial<Subscription> {
  const feedback = cancellation_details?.feedback;
  const comment = cancellation_details?.comment;
  const said: CancellationDetails = {
    ...before.cancellation_details,
    ...(feedback === undefined ? {} : { feedback: feedback === "" ? null : feedback }),
    ...(comment === undefined ? {} : { comment: comment === "" ? null : comment }),
  };
  const isKept = cancel_at === "" || (cancel_at_period_end === false && cancel_at === undefined);
  if (isKept) {
    return {
      cancel_at: null,
      cancel_at_period_end: false,
      canceled_at: null,
      cancellation_details: { ...said, reason: null },
    };
  }
  if (cancel_at === undefined && cancel_at_period_end === undefined) {
    return cancellation_details ? { cancellation_details: said } : {};
  }
  if (cancel_at !== undefined && cancel_at_period_end === true) {
    throw refuse("You cannot set `cancel_at` and `cancel_at_period_end` at the same time.", "cancel_at");
  }
  return {
    ...scheduledEnd(call.now, before.items, {
      ...(cancel_at === undefined ? {} : { cancel_at }),
      ...(cancel_at_period_end === undefined ? {} : { cancel_at_period_end }),
    }),
    cancellation_details: { ...said, reason: "cancellation_requested" },
  };
}
