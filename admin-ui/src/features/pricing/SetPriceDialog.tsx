import { Button, Group, Modal, NativeSelect, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { SetPriceOverrideDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { focusFirstWrong, never } from "../../ui/forms";
import { FaultNotice, Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { useLast } from "../../ui/use-last";
import { draftOf, type PriceDraft, priceFaults, priceInputOf } from "./price-draft";
import { type PriceRow, priceInForce } from "./price-rows";
import { priceWords, wordsOfUse } from "./price-words";
import { PriceFields } from "./PriceFields";

type Props = {
  readonly organizationId: string;
  readonly rows: readonly PriceRow[];
  /** The one to set a price for; null: closed. */
  readonly row: PriceRow | null;
  readonly onClose: () => void;
};

/** Gives a customer a price of their own, under any price model, with the reason. */
export function SetPriceDialog({ organizationId, rows, row, onClose }: Props) {
  const shown = useLast(row);
  return (
    <Modal
      opened={row !== null}
      onClose={onClose}
      title="Set a price of their own"
      size="lg"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {shown && (
        <SetPriceForm key={shown.key} organizationId={organizationId} rows={rows} row={shown} onClose={onClose} />
      )}
    </Modal>
  );
}

type Values = { readonly use: string; readonly price: PriceDraft; readonly note: string };

const valuesOf = (row: PriceRow): Values | null => {
  const price = priceInForce(row);
  return price && { use: row.key, price: draftOf(price), note: row.own?.note ?? "" };
};

function SetPriceForm({ organizationId, rows, row, onClose }: Props & { readonly row: PriceRow }) {
  const initialValues = valuesOf(row);
  if (!initialValues) return null;
  return <Form organizationId={organizationId} rows={rows} initialValues={initialValues} onClose={onClose} />;
}

type FormProps = Pick<Props, "organizationId" | "rows" | "onClose"> & { readonly initialValues: Values };

function Form({ organizationId, rows, initialValues, onClose }: FormProps) {
  const { run, isRunning, fault } = useAct(SetPriceOverrideDocument);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm<Values>({
    initialValues,
    validateInputOnBlur: true,
    validate: ({ price, note }) => ({
      ...priceFaults(price, "price"),
      ...(note.trim() === "" ? { note: "Say why they have a price of their own" } : {}),
    }),
  });
  const { price, use } = form.values;
  const chosen = rows.find(({ key }) => key === use);

  const choose = (key: string) => {
    const next = rows.find((each) => each.key === key);
    const values = next && valuesOf(next);
    if (values) form.setValues({ ...values, note: values.note || form.values.note });
  };

  const set = async ({ price: draft, note }: Values) => {
    setRefusal(null);
    const input = { organizationId, price: priceInputOf(draft), note: note.trim() };
    const answer = (await run({ input }))?.setPriceOverride;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Subscription":
        onClose();
        return toastDone(`${wordsOfUse(draft)} have a price of their own from now on.`);
      case "InvalidCatalog":
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <form onSubmit={form.onSubmit((values) => void set(values), focusFirstWrong(form))} noValidate>
      <Stack gap="md">
        <NativeSelect
          label="For"
          value={use}
          data={rows.flatMap((each) => {
            const inForce = priceInForce(each);
            return inForce ? [{ value: each.key, label: wordsOfUse(inForce) }] : [];
          })}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
        />
        {chosen?.plan && (
          <Text size="sm" c="dimmed">
            The plan asks {priceWords(chosen.plan)}.
          </Text>
        )}
        <PriceFields
          price={price}
          input={(field) => form.getInputProps(`price.${field}`)}
          onTiers={(tiers) => form.setFieldValue("price.tiers", tiers)}
        />
        <Textarea
          label="Reason"
          description="Kept with the price and in the audit log"
          rows={3}
          maxLength={500}
          {...form.getInputProps("note")}
        />
        <Text size="sm">It holds for usage accepted from now on. What was accepted before stays rated as it is.</Text>
        {refusal && (
          <Notice tone="bad" live>
            {refusal}
          </Notice>
        )}
        <FaultNotice fault={fault} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isRunning}>
            Set the price
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
