import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { SetSpendingCapDocument, type SpendingStateFragment } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { compareDecimals, parseDecimal } from "../../lib/decimal";
import { formatAmount, formatBrief } from "../../lib/money";
import { holdersOf } from "../../lib/permissions";
import { useMay } from "../../lib/viewer";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { focusFirstWrong } from "../../ui/forms";
import { FaultNotice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { capFault } from "./cap-fault";

/** Sets the cap or takes it away. One below what is spent already stops new work at once, so it is asked for twice. */
export function CapForm({ spending: { cap, spent } }: { spending: SpendingStateFragment }) {
  const may = useMay("billing:write");
  const { run, isRunning, fault, clearFault } = useAct(SetSpendingCapDocument, { refetch: ["Spending"] });
  const [asked, setAsked] = useState<string | null>(null);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { cap: cap?.amount ?? "" },
    validate: { cap: capFault },
  });
  const save = async (amount: string | null) => {
    const answer = await run({ input: { cap: amount } });
    if (!answer) return;
    setAsked(null);
    const { cap: saved } = answer.setSpendingCap;
    toastDone(saved ? `Usage may cost up to ${formatAmount(saved)} in a period.` : "The cap is gone.");
  };
  const submit = ({ cap: typed }: { cap: string }) => {
    const amount = parseDecimal(typed);
    if (amount === null) return;
    if (compareDecimals(amount, spent.amount) < 0) setAsked(amount);
    else void save(amount);
  };

  if (!may)
    return (
      <Text size="sm" c="dimmed">
        Only {holdersOf("billing:write")} can change the cap.
      </Text>
    );
  return (
    <form onSubmit={form.onSubmit(submit, focusFirstWrong(form))} noValidate>
      <Stack gap="md" maw="28rem">
        <TextInput
          label="Cap"
          description="In US dollars. Nothing (0.00) leaves what is included, and no more."
          inputMode="decimal"
          leftSection="$"
          key={form.key("cap")}
          {...form.getInputProps("cap")}
        />
        {asked === null && <FaultNotice fault={fault} />}
        <Group>
          <Button type="submit" loading={isRunning && asked === null}>
            {cap ? "Change cap" : "Set cap"}
          </Button>
          {cap && (
            <Button variant="default" onClick={() => void save(null)} disabled={isRunning}>
              Take the cap away
            </Button>
          )}
        </Group>
      </Stack>
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => {
          setAsked(null);
          clearFault();
        }}
        title="Set a cap below what is spent"
        verb="Stop new work"
        onConfirm={() => void save(asked)}
        isRunning={isRunning}
        fault={fault}
      >
        <Text>
          Usage of this period has cost {formatBrief(spent)} already. With this cap, new work that would cost something
          is refused at once. Nothing that was recorded is taken back.
        </Text>
      </ConfirmDialog>
    </form>
  );
}
