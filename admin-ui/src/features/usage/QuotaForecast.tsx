import { Group, SimpleGrid, Text } from "@mantine/core";
import { QuotaForecastDocument, type QuotaForecastQuery } from "../../gql/documents";
import { isZero } from "../../lib/decimal";
import { formatWithUnit, meterName } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { Instant } from "../../ui/Instant";
import { Meter } from "../../ui/Meter";
import { Status } from "../../ui/Status";
import { forecastWords } from "./forecast-words";
import { quotaWords } from "./quota-words";

type Forecast = QuotaForecastQuery["organization"]["usageForecast"][number];

/** What is left of each allowance of the current period, and what it comes to by the end at the recent pace. */
export function QuotaForecast({ organizationId }: { readonly organizationId?: string | undefined }) {
  const { data } = useRegionQuery(
    QuotaForecastDocument,
    { organizationId: organizationId ?? null },
    { pollMs: 60_000 },
  );
  const { usageForecast: forecasts } = data.organization;
  const end = forecasts[0]?.periodEnd;
  return (
    <Card
      title="Allowances, and where they are heading"
      description={
        <>
          The current period{end && <>, until {<Instant at={end} zone="UTC" />}</>}. A forecast takes what is used so
          far and goes on at the mean of the last whole days, up to seven; storage goes on at its present level.
        </>
      }
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" verticalSpacing="lg">
        {forecasts.map((forecast) => (
          <Outlook key={forecast.meter} forecast={forecast} />
        ))}
      </SimpleGrid>
    </Card>
  );
}

function Outlook({ forecast }: { forecast: Forecast }) {
  const { meter, unit, used, held, allowance, limitKind } = forecast;
  const quota = quotaWords({ unit, limit: allowance, used, remaining: null, limitKind });
  const { sentence, ends } = forecastWords(forecast);
  const name = meterName(meter);
  const isEstimated = meter === "storage";
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={6}>
        <Text fw={600} component="h3" fz="md">
          {name}
        </Text>
        {ends ? (
          <Status tone="warn">Will not last</Status>
        ) : (
          quota.share !== null && quota.share >= 1 && <Status tone="warn">Used up</Status>
        )}
      </Group>
      {quota.share !== null && (
        <Meter
          label={name}
          text={`${quota.used} used`}
          share={quota.share}
          estimated={isEstimated}
          hard={limitKind === "HARD"}
        />
      )}
      <Text size="sm" mt={6}>
        {quota.used}
        {quota.share === null && " used"}
        {isEstimated && " (est. until the period closes)"}
        {!isZero(held) && `, and ${formatWithUnit(held, unit)} kept for work under way`}
      </Text>
      <Text size="sm" c="dimmed">
        {sentence}
      </Text>
    </div>
  );
}
