import { Button, Group, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { PublishPlanVersionDocument, type RateCard_PlanFragment } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { focusFirstWrong, never } from "../../ui/forms";
import { Notice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { LeaveGuard } from "./LeaveGuard";
import { MeterFields } from "./MeterFields";
import { planChanges } from "./plan-diff";
import { type PlanDraft, planDraftOf, planFaults, publishInputOf } from "./plan-draft";
import { ChangesCard, PublishDialog } from "./PublishDialog";
import { EntitlementFields, RateLimitFields, TermFields } from "./TermFields";
import { planUrl } from "./urls";

type Props = { readonly plan: RateCard_PlanFragment; readonly number: number; readonly subscribers: number };

/** All terms of the next version, what differs from the newest, and publishing after a typed confirmation. */
export function PublishForm({ plan, number, subscribers }: Props) {
  const navigate = useNavigate();
  const { run, isRunning, fault } = useAct(PublishPlanVersionDocument);
  const [before] = useState(() => planDraftOf(plan));
  const [isAsking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const isPublished = useRef(false);
  const form = useForm<PlanDraft>({ initialValues: before, validateInputOnBlur: true, validate: planFaults });
  const draft = form.values;
  const hasFaults = Object.keys(planFaults(draft)).length > 0;
  const changes = hasFaults ? null : planChanges(before, draft, plan.monthlyPrice.currency);

  const publish = async () => {
    setRefusal(null);
    const answer = (await run({ input: publishInputOf(draft) }))?.publishPlanVersion;
    switch (answer?.__typename) {
      case undefined:
        return;
      case "PlanVersion":
        isPublished.current = true;
        toastDone(`${draft.name}, version ${answer.number}, is published.`);
        return void navigate(planUrl(plan.code));
      case "InvalidCatalog":
        setAsking(false);
        return setRefusal(answer.message);
      default:
        return never(answer);
    }
  };

  return (
    <>
      <form onSubmit={form.onSubmit(() => setAsking(true), focusFirstWrong(form))} noValidate>
        <Stack gap="lg">
          <TermFields form={form} />
          {draft.meters.map((meter, index) => (
            <MeterFields key={meter.meter} form={form} index={index} meter={meter} />
          ))}
          <EntitlementFields form={form} />
          <RateLimitFields form={form} />
          <ChangesCard changes={changes} number={number} />
          {refusal && (
            <Notice tone="bad" title="The catalog does not hold together" live>
              {refusal}
            </Notice>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => void navigate(planUrl(plan.code))}>
              Cancel
            </Button>
            <Button type="submit" disabled={changes?.length === 0}>
              Publish version {number}
            </Button>
          </Group>
        </Stack>
      </form>
      <PublishDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        name={draft.name}
        number={number}
        subscribers={subscribers}
        changes={changes ?? []}
        onConfirm={() => void publish()}
        isRunning={isRunning}
        fault={fault}
      />
      <LeaveGuard isDirty={() => changes?.length !== 0 && !isPublished.current}>
        {`What you wrote is lost: version ${number} is not published.`}
      </LeaveGuard>
    </>
  );
}
