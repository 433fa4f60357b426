import { Group, SegmentedControl, Stack } from "@mantine/core";
import { useTick } from "../../lib/clock";
import { CURRENT, rangeOf } from "../../lib/range";
import { METERS } from "../../lib/quantity";
import { oneOf, text, useUrlState } from "../../lib/url-state";
import { IgnoredParameters } from "../../ui/IgnoredParameters";
import { Region } from "../../ui/Region";
import { PeriodPicker, useBillingPeriods } from "./PeriodPicker";
import { QuotaForecast } from "./QuotaForecast";
import { UsageByComplexity } from "./UsageByComplexity";
import { UsageByDay } from "./UsageByDay";
import { UsageSummary } from "./UsageSummary";

const URL_SPEC = {
  period: { ...text(64), standard: CURRENT },
  from: text(10),
  to: text(10),
  by: oneOf(["day", "complexity"], "day"),
  meter: oneOf(METERS, "generations"),
};

const HOUR_MS = 3_600_000;

/** The usage of a period: by meter, and by day or by complexity. Everything chosen is in the URL. */
export function UsagePanel({ organizationId }: { readonly organizationId?: string | undefined }) {
  const { view, setView, ignored } = useUrlState(URL_SPEC);
  const periods = useBillingPeriods(organizationId);
  const now = useTick(HOUR_MS);
  const range = rangeOf(view.period, view, periods, now);

  return (
    <Stack gap="lg">
      <IgnoredParameters names={ignored} />
      <Group justify="space-between" align="flex-end" gap="sm">
        <PeriodPicker organizationId={organizationId} value={view} onChange={setView} />
        <SegmentedControl
          aria-label="Shown by"
          value={view.by}
          onChange={(by) => setView({ by: by === "complexity" ? "complexity" : "day" })}
          data={[
            { value: "day", label: "By day" },
            { value: "complexity", label: "By complexity" },
          ]}
        />
      </Group>
      {view.period === CURRENT && (
        <Region name="The allowances">
          <QuotaForecast organizationId={organizationId} />
        </Region>
      )}
      <Region name="The usage by meter">
        <UsageSummary organizationId={organizationId} {...range} />
      </Region>
      <Region name="The chart">
        {view.by === "day" ? (
          <UsageByDay
            organizationId={organizationId}
            {...range}
            meter={view.meter}
            onMeter={(meter) => setView({ meter })}
          />
        ) : (
          <UsageByComplexity organizationId={organizationId} {...range} />
        )}
      </Region>
    </Stack>
  );
}
