import { invalid } from "../http/stripe-error.ts";

const reasons = [
  "too_expensive",
  "missing_features",
  "switched_service",
  "unused",
  "customer_service",
  "too_complex",
  "low_quality",
  "other",
] as const;

/** What a person may do in the portal. */
export type Features = {
  customer_update: { allowed_updates: string[]; enabled: boolean };
  invoice_history: { enabled: boolean };
  payment_method_update: { enabled: boolean; payment_method_configuration: null };
  subscription_cancel: {
    cancellation_reason: { enabled: boolean; feedback_options: null; options: readonly string[] };
    enabled: boolean;
    mode: "at_period_end" | "immediately";
    proration_behavior: "always_invoice" | "create_prorations" | "none";
  };
  subscription_pause: object;
  subscription_update: object;
};

type Switch = { enabled?: boolean };

export type FeaturesParams = {
  customer_update?: Switch & { allowed_updates?: string[] | "" };
  invoice_history?: Switch;
  payment_method_update?: Switch;
  subscription_cancel?: Switch & {
    cancellation_reason?: Switch;
    mode?: Features["subscription_cancel"]["mode"];
    proration_behavior?: Features["subscription_cancel"]["proration_behavior"];
  };
  subscription_pause?: Switch;
  subscription_update?: Switch;
};

const off: Features = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: reasons },
    enabled: false,
    mode: "at_period_end",
    proration_behavior: "none",
  },
  subscription_pause: { duration: { interval_options: [], type: "indefinite" }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: [],
    enabled: false,
    products: [],
    proration_behavior: "none",
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: "end_trial",
  },
};

/**
 * The features as a request wants them. The portal here has payment methods, invoices and cancellation.
 *
 * @param before null for a new configuration, in which all is off
 * @throws StripeError for a feature that the portal does not have
 */
export function featuresWith(before: Features | null, params: FeaturesParams): Features {
  const now = before ?? off;
  for (const name of ["customer_update", "subscription_pause", "subscription_update"] as const) {
    if (params[name]?.enabled) throw notThere(`features[${name}][enabled]`);
  }
  if (params.subscription_cancel?.cancellation_reason?.enabled) {
    throw notThere("features[subscription_cancel][cancellation_reason][enabled]");
  }
  const { invoice_history: history, payment_method_update: methods, subscription_cancel: cancel } = params;
  return {
    ...now,
    invoice_history: { enabled: history?.enabled ?? now.invoice_history.enabled },
    payment_method_update: {
      ...now.payment_method_update,
      enabled: methods?.enabled ?? now.payment_method_update.enabled,
    },
    subscription_cancel: {
      ...now.subscription_cancel,
      enabled: cancel?.enabled ?? now.subscription_cancel.enabled,
      mode: cancel?.mode ?? now.subscription_cancel.mode,
      proration_behavior: cancel?.proration_behavior ?? now.subscription_cancel.proration_behavior,
    },
  };
}

const notThere = (param: string) => invalid(param, `The portal of stripe-local does not have what ${param} turns on.`);
