import type { Customer } from "../customer.ts";
import type { Report } from "./terms.ts";

type Answer = {
  readonly reason: string | null;
  readonly remaining: string | null;
  readonly hold: { readonly id: string } | null;
};

/** Asks to start work and to hold its units. */
export async function authorize(customer: Customer, work: object): Promise<Answer> {
  const { authorizeUsage } = await customer.key.get(
    "mutation($input: AuthorizeUsageInput!) { authorizeUsage(input: $input) { reason remaining hold { id } } }",
    { input: { ...work, hold: true } },
  );
  return authorizeUsage;
}

/** Turns a hold into an event. @returns what became of the event; ENDED when the hold had expired or was released */
export async function settle(customer: Customer, holdId: string, event: Report): Promise<string> {
  const { settleHold } = await customer.key.get(
    "mutation($input: SettleHoldInput!) { settleHold(input: $input) { __typename ... on UsageOutcome { status } } }",
    { input: { holdId, event } },
  );
  return settleHold.__typename === "HoldExpired" ? "ENDED" : settleHold.status;
}

/** Gives a hold back. @returns the kind of the answer */
export async function release(customer: Customer, holdId: string): Promise<string> {
  const { releaseHold } = await customer.key.get(
    "mutation($input: ReleaseHoldInput!) { releaseHold(input: $input) { __typename } }",
    { input: { holdId } },
  );
  return releaseHold.__typename;
}
