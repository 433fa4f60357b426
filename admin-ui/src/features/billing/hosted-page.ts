import { useState } from "react";
import { OpenBillingPortalDocument, type PlanCode, StartCheckoutDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import type { Fault } from "../../lib/faults";
import { never } from "../../ui/forms";
import { checkoutReturnUrl, planUrl } from "./urls";

type Leaving = {
  readonly isRunning: boolean;
  readonly fault: Fault | null;
};

const own = (path: string): string => `${window.location.origin}${path}`;

/** Leads to Stripe's page that takes the first payment, or the card for the end of a trial. */
export function useCheckout(): Leaving & {
  readonly go: (plan: PlanCode) => Promise<void>;
  readonly refusal: string | null;
} {
  const { run, isRunning, fault } = useAct(StartCheckoutDocument);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const go = async (plan: PlanCode) => {
    setRefusal(null);
    const input = { plan, successUrl: own(checkoutReturnUrl(plan)), cancelUrl: own(planUrl()) };
    const answer = (await run({ input }))?.startCheckout;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "HostedPage":
        setLeaving(true);
        return window.location.assign(answer.url);
      case "AlreadyOnPlan":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };
  return { go, isRunning: isRunning || isLeaving, fault, refusal };
}

/** Leads to Stripe's pages for cards and receipts, and back to where one was. */
export function useBillingPortal(): Leaving & { readonly go: () => Promise<void> } {
  const { run, isRunning, fault } = useAct(OpenBillingPortalDocument);
  const [isLeaving, setLeaving] = useState(false);
  const go = async () => {
    const answer = await run({ input: { returnUrl: own(window.location.pathname) } });
    if (!answer) return;
    setLeaving(true);
    window.location.assign(answer.openBillingPortal.url);
  };
  return { go, isRunning: isRunning || isLeaving, fault };
}
