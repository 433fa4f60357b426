import { ActionIcon, Button, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { formatAmount } from "../../lib/money";
import classes from "./NewInvoice.module.css";
import { lineAmount, type LineDraft } from "./new-invoice-draft";

type Props = {
  readonly lines: readonly LineDraft[];
  readonly faults: Readonly<Record<string, string>>;
  readonly onChange: (lines: readonly LineDraft[]) => void;
};

const MOST = 50;

export const newLine = (): LineDraft => ({ key: crypto.randomUUID(), description: "", quantity: "1", unitAmount: "" });

/** The lines of a bill by hand; each says what it comes to. */
export function NewInvoiceLines({ lines, faults, onChange }: Props) {
  const change = (key: string, part: Partial<LineDraft>) =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  return (
    <>
      {lines.map((line, index) => {
        const number = index + 1;
        const amount = lineAmount(line);
        return (
          <fieldset key={line.key} className={classes.line}>
            <legend className={classes.legend}>Line {number}</legend>
            <TextInput
              label="Description"
              maxLength={300}
              autoComplete="off"
              value={line.description}
              error={faults[`lines.${index}.description`]}
              onChange={({ currentTarget }) => change(line.key, { description: currentTarget.value })}
            />
            <TextInput
              label="Quantity"
              inputMode="decimal"
              autoComplete="off"
              value={line.quantity}
              error={faults[`lines.${index}.quantity`]}
              onChange={({ currentTarget }) => change(line.key, { quantity: currentTarget.value })}
            />
            <TextInput
              label="Unit price"
              leftSection="$"
              inputMode="decimal"
              autoComplete="off"
              value={line.unitAmount}
              error={faults[`lines.${index}.unitAmount`]}
              onChange={({ currentTarget }) => change(line.key, { unitAmount: currentTarget.value })}
            />
            <Text className={classes.amount} aria-label={`Amount of line ${number}`}>
              {amount === null ? "-" : formatAmount({ amount, currency: "USD" })}
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              className={classes.remove}
              aria-label={`Remove line ${number}`}
              disabled={lines.length === 1}
              onClick={() => onChange(lines.filter(({ key }) => key !== line.key))}
            >
              <IconX size={18} aria-hidden />
            </ActionIcon>
          </fieldset>
        );
      })}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={lines.length >= MOST}
          onClick={() => onChange([...lines, newLine()])}
        >
          Add a line
        </Button>
      </div>
    </>
  );
}
