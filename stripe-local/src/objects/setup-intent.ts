import type { StripeObject } from "../store/store.ts";
import type { Metadata } from "./subscription.ts";

export type SetupIntent = StripeObject & {
  object: "setup_intent";
  client_secret: string;
  created: number;
  customer: string | null;
  last_setup_error: object | null;
  metadata: Metadata;
  next_action: object | null;
  payment_method: string | null;
  status: "canceled" | "requires_action" | "requires_payment_method" | "succeeded";
  local: {
    /** The checkout session that goes on once the card is approved. */
    session: string | null;
    /** Whether the card becomes the customer's default. */
    makesDefault: boolean;
  };
};

type Given = Pick<SetupIntent, "id" | "created" | "customer"> & Partial<SetupIntent>;

/** Saving a card for later. */
export const newSetupIntent = (given: Given): SetupIntent => ({
  allowed_payment_method_types: null,
  application: null,
  automatic_payment_methods: null,
  cancellation_reason: null,
  client_secret: `${given.id}_secret_${given.id.slice(-12)}`,
  customer_account: null,
  description: null,
  excluded_payment_method_types: null,
  flow_directions: null,
  last_setup_error: null,
  latest_attempt: null,
  livemode: false,
  managed_payments: null,
  mandate: null,
  metadata: {},
  next_action: null,
  on_behalf_of: null,
  payment_method: null,
  payment_method_configuration_details: null,
  payment_method_options: null,
  payment_method_types: ["card"],
  single_use_mandate: null,
  status: "requires_payment_method",
  usage: "off_session",
  local: { session: null, makesDefault: false },
  ...given,
  object: "setup_intent",
});
