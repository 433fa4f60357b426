import { List } from "@mantine/core";
import { RemovePriceOverrideDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { toastDone } from "../../ui/toasts";
import { useLast } from "../../ui/use-last";
import type { PriceRow } from "./price-rows";
import { priceWords, wordsOfUse } from "./price-words";

type Props = { readonly organizationId: string; readonly row: PriceRow | null; readonly onClose: () => void };

/** Puts one use back to the plan's price, after saying from when. */
export function RemovePriceDialog({ organizationId, row, onClose }: Props) {
  const shown = useLast(row);
  const { run, isRunning, fault } = useAct(RemovePriceOverrideDocument);
  if (!shown?.own) return null;
  const { own, plan } = shown;
  const use = wordsOfUse(own.price);

  const remove = async () => {
    if (!(await run({ input: { organizationId, id: own.id } }))) return;
    onClose();
    toastDone(`${use} are back at the plan's price.`);
  };

  return (
    <ConfirmDialog
      opened={row !== null}
      onClose={onClose}
      title={`Take back their price of ${use}`}
      verb="Back to the plan's price"
      onConfirm={() => void remove()}
      isRunning={isRunning}
      fault={fault}
    >
      <List size="sm" spacing={4}>
        <List.Item>
          Now {priceWords(own.price)}; from now on {plan ? priceWords(plan) : "the meter's price for all uses"}.
        </List.Item>
        <List.Item>What was accepted up to now stays rated as it is.</List.Item>
      </List>
    </ConfirmDialog>
  );
}
