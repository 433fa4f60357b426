import { Group, NativeSelect, TextInput } from "@mantine/core";
import { PeriodPickerDocument } from "../../gql/documents";
import { formatPeriod } from "../../lib/instant";
import { useRegionQuery } from "../../lib/query";
import { CURRENT, CUSTOM, type Period } from "../../lib/range";

/** What the picker reads and writes: its part of the page's URL. */
export type PeriodChoice = { readonly period: string; readonly from: string; readonly to: string };

/** The billing periods of an organization, newest first. */
export function useBillingPeriods(
  organizationId: string | undefined,
): readonly (Period & { open: boolean; trial: boolean })[] {
  const { data } = useRegionQuery(PeriodPickerDocument, { organizationId: organizationId ?? null });
  return data.organization.billingPeriods;
}

type Props = {
  readonly organizationId?: string | undefined;
  readonly value: PeriodChoice;
  readonly onChange: (choice: PeriodChoice) => void;
};

/** A billing period, the last days, or any days: inclusive dates in UTC. */
export function PeriodPicker({ organizationId, value, onChange }: Props) {
  const periods = useBillingPeriods(organizationId);
  const past = periods.filter(({ open }) => !open);
  return (
    <Group gap="sm" align="flex-end">
      <NativeSelect
        label="Period"
        value={value.period}
        onChange={({ currentTarget }) => onChange({ ...value, period: currentTarget.value })}
        data={[
          { value: CURRENT, label: "This billing period" },
          ...past.map(({ id, start, end, trial }) => ({
            value: id,
            label: `${formatPeriod(start, end)}${trial ? ", trial" : ""}`,
          })),
          { value: "7d", label: "Last 7 days" },
          { value: "30d", label: "Last 30 days" },
          { value: CUSTOM, label: "Other dates" },
        ]}
      />
      {value.period === CUSTOM && (
        <>
          <TextInput
            type="date"
            label="From (UTC)"
            value={value.from}
            {...(value.to === "" ? {} : { max: value.to })}
            onChange={({ currentTarget }) => onChange({ ...value, from: currentTarget.value })}
          />
          <TextInput
            type="date"
            label="To, inclusive (UTC)"
            value={value.to}
            {...(value.from === "" ? {} : { min: value.from })}
            onChange={({ currentTarget }) => onChange({ ...value, to: currentTarget.value })}
          />
        </>
      )}
    </Group>
  );
}
