import { Checkbox, Group, Stack, Switch, Text, TextInput } from "@mantine/core";
import { meterName, unitName } from "../../lib/quantity";
import { Card } from "../../ui/Card";
import { isByComplexity, type MeterDraft, withComplexities } from "./plan-draft";
import { wordsOfUse } from "./price-words";
import { PriceFields } from "./PriceFields";
import type { PlanForm } from "./TermFields";
import classes from "./MeterFields.module.css";

type Props = { readonly form: PlanForm; readonly index: number; readonly meter: MeterDraft };

/** What is included of one meter, and what more of it costs. */
export function MeterFields({ form, index, meter }: Props) {
  const path = `meters.${index}`;
  const unit = meter.prices[0]?.unit ?? "unit";
  const hasComplexity = meter.meter === "generations";
  return (
    <Card title={meterName(meter.meter)}>
      <Stack gap="md">
        <Group gap="md" align="flex-start">
          <TextInput
            label={`Included a month, in ${unitName("2", unit)}`}
            inputMode="numeric"
            {...form.getInputProps(`${path}.included`)}
            disabled={meter.unlimited}
          />
          <Checkbox
            label="Unlimited"
            className={classes.beside}
            {...form.getInputProps(`${path}.unlimited`, { type: "checkbox" })}
          />
          {hasComplexity && (
            <TextInput
              label="Factor for premium models"
              inputMode="decimal"
              {...form.getInputProps(`${path}.premiumMultiplier`)}
            />
          )}
          {hasComplexity && (
            <Switch
              label="A price for each complexity"
              className={classes.beside}
              checked={isByComplexity(meter)}
              onChange={({ currentTarget }) => form.setFieldValue(path, withComplexities(meter, currentTarget.checked))}
            />
          )}
        </Group>
        {meter.prices.map((price, priceIndex) => (
          <fieldset key={wordsOfUse(price)} className={classes.fieldset}>
            <legend className={classes.legend}>
              {price.complexity === null ? "Past the allowance" : `Past the allowance, ${price.complexity}`}
            </legend>
            <PriceFields
              price={price}
              input={(field) => form.getInputProps(`${path}.prices.${priceIndex}.${field}`)}
              onTiers={(tiers) => form.setFieldValue(`${path}.prices.${priceIndex}.tiers`, tiers)}
            />
          </fieldset>
        ))}
        {meter.unlimited && (
          <Text size="sm" c="dimmed">
            While it is unlimited these prices are never asked.
          </Text>
        )}
      </Stack>
    </Card>
  );
}
