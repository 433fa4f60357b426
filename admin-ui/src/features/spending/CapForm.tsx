import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { SetSpendingCapDocument, type SpendingStateFragment } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { addDecimals, compareDecimals, parseDecimal } from "../../lib/decimal";
import { formatAmount, formatBrief } from "../../lib/money";
import { holdersOf } from "../../lib/permissions";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { focusFirstWrong } from "../../ui/forms";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { capFault } from "./cap-fault";

/**
 * Sets the cap or takes it away. One that is reached already, by what is spent and what is held together, stops new work
 * at once, so it is asked for twice. What the server refuses stands at the field.
 */
export function CapForm({ spending }: { spending: SpendingStateFragment }) {
  const { cap } = spending;
  const { run, isRunning, fault, clearFault } = useAct(SetSpendingCapDocument, { refetch: ["Spending"] });
  const [asked, setAsked] = useState<string | null>(null);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { cap: cap?.amount ?? "" },
    validate: { cap: capFault },
    onValuesChange: () => forget(),
  });
  const forget = () => {
    setAsked(null);
    clearFault();
  };
  const refusal = fault?.code === "BAD_USER_INPUT" ? fault.message : null;
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
    if (isReachedBy(spending, amount)) setAsked(amount);
    else void save(amount);
  };

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
          error={form.errors["cap"] ?? refusal}
        />
        {asked === null && refusal === null && <FaultNotice fault={fault} />}
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
        opened={asked !== null && refusal === null}
        onClose={forget}
        title="Set a cap that is reached already"
        verb="Stop new work"
        onConfirm={() => void save(asked)}
        isRunning={isRunning}
        fault={fault}
      >
        <Consequence spending={spending} />
      </ConfirmDialog>
    </form>
  );
}

/** Whether new work would be refused under a cap of `amount` dollars: as the server decides it. */
const isReachedBy = ({ spent, held }: SpendingStateFragment, amount: string): boolean =>
  compareDecimals(amount, addDecimals(spent.amount, held.amount)) <= 0;

function Consequence({ spending: { spent, held } }: { spending: SpendingStateFragment }) {
  return (
    <Text>
      Usage of this period has cost {formatBrief(spent)} already, and {formatBrief(held)} (est.) is kept for work that
      is under way. With this cap, new work that would cost something is refused at once. Nothing that was recorded is
      taken back, and work that is under way goes on.
    </Text>
  );
}

/** The same for those who may look and not pay: what could be done, and who can. */
export function CapReserved({ cap }: Pick<SpendingStateFragment, "cap">) {
  return (
    <Stack gap="sm" align="flex-start">
      <Text size="sm" c="dimmed">
        Only {holdersOf("billing:write")} can change the cap.
      </Text>
      <MayButton permission="billing:write" onClick={() => undefined}>
        {cap ? "Change cap" : "Set cap"}
      </MayButton>
    </Stack>
  );
}
