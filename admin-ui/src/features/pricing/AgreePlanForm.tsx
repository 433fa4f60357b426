import { Button, Group, List, NativeSelect, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { AgreePlanDocument, AgreePlanNowDocument, type AgreePlanQuery } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { parseDecimal } from "../../lib/decimal";
import { formatPeriod } from "../../lib/instant";
import { formatAmount } from "../../lib/money";
import { useRegionQuery } from "../../lib/query";
import { focusFirstWrong, never, refuseField } from "../../ui/forms";
import { FaultNotice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { monthlyPriceFault } from "./agreed-price";
import { MoneyInput } from "./PriceFields";

/** All that shows the period or the allowances that begin anew. */
const AFFECTED = ["OrganizationVisit", "QuotasPanel", "UpcomingInvoice", "PeriodTimeline", "PeriodPicker", "AgreePlan"];

type Props = { readonly organizationId: string; readonly onClose: () => void };
type Plan = AgreePlanQuery["plans"][number];

/** Which plan at which price, and what happens to the period that runs. */
export function AgreePlanForm({ organizationId, onClose }: Props) {
  const { data } = useRegionQuery(AgreePlanDocument, { organizationId });
  const { plans, organization } = data;
  const { run, isRunning, fault } = useAct(AgreePlanNowDocument, { refetch: AFFECTED });
  const form = useForm({
    initialValues: { plan: "ENTERPRISE", monthlyPrice: priceOf(plans, "ENTERPRISE") },
    validateInputOnBlur: true,
    validate: { monthlyPrice: monthlyPriceFault },
  });
  const plan = plans.find(({ code }) => code === form.values.plan);
  if (!plan) return null;
  const price = parseDecimal(form.values.monthlyPrice);
  const { currency } = plan.monthlyPrice;

  const agree = async ({ monthlyPrice }: { monthlyPrice: string }) => {
    const input = { organizationId, plan: plan.code, monthlyPrice: parseDecimal(monthlyPrice) ?? "0" };
    const answer = (await run({ input }))?.agreePlan;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "Subscription":
        onClose();
        return toastDone(`${organization.name} is on ${plan.name} from now on.`);
      case "PriceTooLow":
        return refuseField(form, "monthlyPrice", answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <form onSubmit={form.onSubmit((values) => void agree(values), focusFirstWrong(form))} noValidate>
      <Stack gap="md">
        <NativeSelect
          label="Plan"
          data={plans.map(({ code, name }) => ({ value: code, label: name }))}
          value={form.values.plan}
          onChange={({ currentTarget: { value } }) =>
            form.setValues({ plan: value, monthlyPrice: priceOf(plans, value) })
          }
        />
        <MoneyInput
          label="Monthly price"
          description={`${plan.monthlyPriceIsMinimum ? "At least" : "The plan's price is"} ${formatAmount(plan.monthlyPrice)}`}
          {...form.getInputProps("monthlyPrice")}
        />
        <Consequences organization={organization} plan={plan} />
        <FaultNotice fault={fault} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isRunning}>
            {price === null ? "Agree" : `Agree ${formatAmount({ amount: price, currency })} a month`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Consequences({ organization, plan }: { organization: AgreePlanQuery["organization"]; plan: Plan }) {
  const { subscription } = organization;
  const running = formatPeriod(subscription.currentPeriodStart, subscription.currentPeriodEnd);
  return (
    <List size="sm" spacing={4}>
      <List.Item>
        The running period on {subscription.plan.name} ({running}) ends now. What was used in it stays rated as it is.
      </List.Item>
      <List.Item>
        A new period begins now, with the allowances of {plan.name}, version {plan.version}.
      </List.Item>
      {subscription.status === "TRIALING" && <List.Item>The trial ends now; usage is billed from now on.</List.Item>}
      {subscription.cancelAt !== null && <List.Item>The scheduled cancellation falls away.</List.Item>}
      <List.Item>Prices of the customer&apos;s own stay in force.</List.Item>
    </List>
  );
}

const priceOf = (plans: readonly Plan[], code: string): string =>
  plans.find((plan) => plan.code === code)?.monthlyPrice.amount ?? "";
