import { List, Stack } from "@mantine/core";
import { useState } from "react";
import { SetUsageRouteDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { never } from "../../ui/forms";
import { Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { useLast } from "../../ui/use-last";
import { actWords, otherRoute, routeName, type UsageRoute } from "./route-words";

type Props = { readonly organizationId: string; readonly route: UsageRoute | null; readonly onClose: () => void };

/** Chooses the other route of one meter, after saying from when and what stays. */
export function ChooseRouteDialog({ organizationId, route, onClose }: Props) {
  const shown = useLast(route);
  const { run, isRunning, fault } = useAct(SetUsageRouteDocument);
  const [refusal, setRefusal] = useState<{ readonly of: string; readonly message: string } | null>(null);
  if (!shown) return null;
  const chosen = otherRoute(shown);
  const words = actWords(shown);
  const message = refusal?.of === shown.id ? refusal.message : null;

  const close = () => {
    setRefusal(null);
    onClose();
  };
  const choose = async () => {
    const answer = (await run({ input: { organizationId, meter: shown.meter, route: chosen } }))?.setUsageRoute;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Organization":
        close();
        return toastDone(`${routeName(chosen)} from the next period on.`);
      case "UsageRouteRefused":
        return setRefusal({ of: shown.id, message: answer.message });
      default:
        return never(answer);
    }
  };

  return (
    <ConfirmDialog
      opened={route !== null}
      onClose={close}
      title={words}
      verb={chosen === "STRIPE_METER" ? "Bill by a meter of Stripe's" : "Bill by invoice items"}
      dangerous={false}
      onConfirm={() => void choose()}
      isRunning={isRunning}
      fault={fault}
      isReady={message === null}
    >
      <Stack gap="md">
        <List size="sm" spacing={4}>
          <List.Item>It holds from the next period on. The period that runs is billed as it began.</List.Item>
          <List.Item>
            {chosen === "STRIPE_METER"
              ? "Stripe shows the line in cents, by the meter's price. Its draft is held unless it equals the ledger."
              : "Each period's charge is an item of its own on the renewal's draft."}
          </List.Item>
        </List>
        {message !== null && (
          <Notice tone="bad" live>
            {message}
          </Notice>
        )}
      </Stack>
    </ConfirmDialog>
  );
}
