import { Checkbox, NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { meterName } from "../../lib/quantity";
import { Card } from "../../ui/Card";
import type { EntitlementDraft, PlanDraft } from "./plan-draft";
import { entitlementKind, entitlementLabel, LIMIT_KINDS, SUPPORT } from "./plan-terms-words";
import { MoneyInput } from "./PriceFields";

export type PlanForm = UseFormReturnType<PlanDraft>;

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** The plan as a whole: its name, its price, and what happens past the allowance. */
export function TermFields({ form }: { readonly form: PlanForm }) {
  return (
    <Card title="The plan">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <TextInput label="Name" autoComplete="off" maxLength={60} {...form.getInputProps("name")} />
        <Stack gap="xs">
          <MoneyInput label="Monthly price" {...form.getInputProps("monthlyPrice")} />
          <Checkbox
            label="The least that is agreed with each customer"
            {...form.getInputProps("monthlyPriceIsMinimum", { type: "checkbox" })}
          />
        </Stack>
        <NativeSelect label="Past the allowance" data={options(LIMIT_KINDS)} {...form.getInputProps("limitKind")} />
        <NativeSelect label="Support" data={options(SUPPORT)} {...form.getInputProps("support")} />
      </SimpleGrid>
    </Card>
  );
}

const CHOICES: Readonly<Record<string, readonly { value: string; label: string }[]>> = {
  integrations: [
    { value: "basic", label: "Basic" },
    { value: "all", label: "All" },
  ],
};

/** What subscribers are allowed beside usage. */
export function EntitlementFields({ form }: { readonly form: PlanForm }) {
  return (
    <Card title="Entitlements">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        {form.values.entitlements.map((entitlement, index) => (
          <EntitlementField key={entitlement.key} form={form} index={index} entitlement={entitlement} />
        ))}
      </SimpleGrid>
    </Card>
  );
}

type FieldProps = { readonly form: PlanForm; readonly index: number; readonly entitlement: EntitlementDraft };

function EntitlementField({ form, index, entitlement }: FieldProps) {
  const { key, limit, value } = entitlement;
  const label = entitlementLabel(key);
  switch (entitlementKind({ key, limit: limit === "" ? null : limit, value })) {
    case "switch":
      return <Checkbox label={label} {...form.getInputProps(`entitlements.${index}.enabled`, { type: "checkbox" })} />;
    case "limit":
      return (
        <TextInput
          label={label}
          description="Nothing stands for unlimited"
          inputMode="numeric"
          {...form.getInputProps(`entitlements.${index}.limit`)}
        />
      );
    case "choice":
      return (
        <NativeSelect
          label={label}
          data={CHOICES[key] ?? [value ?? ""]}
          {...form.getInputProps(`entitlements.${index}.value`)}
        />
      );
  }
}

/** How often an action may be done within a minute. */
export function RateLimitFields({ form }: { readonly form: PlanForm }) {
  return (
    <Card title="Rate limits">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        {form.values.rateLimits.map(({ action }, index) => (
          <TextInput
            key={action}
            label={`${meterName(action)} a minute`}
            inputMode="numeric"
            {...form.getInputProps(`rateLimits.${index}.perMinute`)}
          />
        ))}
      </SimpleGrid>
    </Card>
  );
}
