import { Anchor, Stack } from "@mantine/core";
import { Link } from "react-router";
import { PlanChangePageDocument, type PlanCode } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { FaultNotice, Notice } from "../../ui/Notice";
import { RegionError } from "../../ui/RegionError";
import { CardSkeleton } from "../../ui/Skeletons";
import { PlanChangeForm } from "./PlanChangeForm";
import { usePlanPreview } from "./plan-preview";
import { planUrl } from "./urls";

/** What changing to a plan costs and means, exactly, and the button that does it. */
export function PlanChangePanel({ to }: { readonly to: PlanCode }) {
  const { data } = useRegionQuery(PlanChangePageDocument, {});
  const preview = usePlanPreview(to);
  const { subscription } = data.organization;
  const { answer, fault } = preview;

  if (fault && answer === null) {
    return fault.code === "CONFLICT" || fault.code === "BAD_USER_INPUT" ? (
      <Refused words={fault.message} />
    ) : (
      <RegionError name="The exact amount" error={preview.error} onRetry={preview.ask} />
    );
  }
  if (answer === null) return <CardSkeleton height={320} />;
  if (answer.__typename === "AlreadyOnPlan") return <Refused words={answer.message} />;
  return (
    <Stack gap="md">
      <FaultNotice fault={fault} />
      <PlanChangeForm
        key={answer.quoteId}
        preview={answer}
        subscription={subscription}
        before={preview.before}
        onAsk={preview.ask}
        isAsking={preview.isAsking}
      />
    </Stack>
  );
}

function Refused({ words }: { words: string }) {
  return (
    <Card title="Nothing to change">
      <Stack gap="sm">
        <Notice tone="info">{words}</Notice>
        <Anchor component={Link} to={planUrl()}>
          Back to the plan
        </Anchor>
      </Stack>
    </Card>
  );
}
