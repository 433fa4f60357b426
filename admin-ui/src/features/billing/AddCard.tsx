import type { PlanCode } from "../../gql/documents";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice, Notice } from "../../ui/Notice";
import { useCheckout } from "./hosted-page";

/** During a trial: the card that its end will charge. Nothing is charged before. */
export function AddCard({ plan }: { readonly plan: PlanCode }) {
  const { go, isRunning, fault, refusal } = useCheckout();
  return (
    <>
      <MayButton permission="billing:write" loading={isRunning} onClick={() => void go(plan)}>
        Add a card, charged when the trial ends
      </MayButton>
      <FaultNotice fault={fault} />
      {refusal && (
        <Notice tone="bad" live>
          {refusal}
        </Notice>
      )}
    </>
  );
}
