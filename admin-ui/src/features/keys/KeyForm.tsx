import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import type { Fault } from "../../lib/faults";
import { focusFirstWrong, required } from "../../ui/forms";
import { FaultNotice } from "../../ui/Notice";
import { EXPIRIES } from "./expiries";
import type { SCOPES } from "./scopes";

export type KeyValues = { readonly name: string; readonly scopes: string[]; readonly expiry: string };

/** Nothing is ticked before somebody chooses it. @param nameless what is said of an empty name */
export const useKeyForm = (nameless: string): UseFormReturnType<KeyValues> =>
  useForm<KeyValues>({
    initialValues: { name: "", scopes: [], expiry: "never" },
    validate: {
      name: required(nameless),
      scopes: (scopes) => (scopes.length === 0 ? "Choose at least one" : null),
    },
  });

type Props = {
  readonly form: UseFormReturnType<KeyValues>;
  /** What the name is for. */
  readonly description: string;
  readonly may: string;
  readonly scopes: readonly (typeof SCOPES)[number][];
  readonly onSubmit: (values: KeyValues) => void;
  readonly isRunning: boolean;
  readonly fault: Fault | null;
  /** Stands between the name and what the key may. */
  readonly presets?: ReactNode;
  /** Stands above the button. */
  readonly children?: ReactNode;
};

/** What a new key is called, what it may, and until when. */
export function KeyForm({ form, description, may, scopes, onSubmit, isRunning, fault, presets, children }: Props) {
  return (
    <form onSubmit={form.onSubmit(onSubmit, focusFirstWrong(form))} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          description={description}
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        {presets}
        <Checkbox.Group label={may} {...form.getInputProps("scopes")}>
          <Stack gap="xs" mt={6} mb={6}>
            {scopes.map(({ scope, label, may: allows }) => (
              <Checkbox key={scope} value={scope} label={label} description={`It may ${allows}.`} />
            ))}
          </Stack>
        </Checkbox.Group>
        <NativeSelect
          label="Expires"
          data={EXPIRIES.map(({ value, label }) => ({ value, label }))}
          {...form.getInputProps("expiry")}
        />
        {children}
        <FaultNotice fault={fault} />
        <Group justify="flex-end">
          <Button type="submit" loading={isRunning}>
            Create the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
