import { Button, Checkbox, Group, Stack, TextInput } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { focusFirstWrong, required } from "../../ui/forms";
import { FaultNotice } from "../../ui/Notice";
import type { Fault } from "../../lib/faults";
import { EVENTS } from "./webhook-words";

export type EndpointValues = { readonly url: string; readonly description: string; readonly events: string[] };

type Props = {
  readonly values: EndpointValues;
  readonly verb: string;
  readonly onSubmit: (values: EndpointValues, form: UseFormReturnType<EndpointValues>) => void;
  readonly isRunning: boolean;
  readonly fault: Fault | null;
};

/** Where messages go, and which. */
export function EndpointForm({ values, verb, onSubmit, isRunning, fault }: Props) {
  const form = useForm<EndpointValues>({
    initialValues: { ...values, events: [...values.events] },
    validate: {
      url: required("Enter the URL that takes the messages"),
      events: (events) => (events.length === 0 ? "Choose at least one" : null),
    },
  });
  return (
    <form onSubmit={form.onSubmit((entered) => onSubmit(entered, form), focusFirstWrong(form))} noValidate>
      <Stack gap="md">
        <TextInput
          label="URL"
          description="On the public internet, by https"
          placeholder="https://example.com/webhooks/qlp"
          type="url"
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("url")}
        />
        <TextInput
          label="Description"
          description="For your colleagues, such as Accounting"
          maxLength={200}
          autoComplete="off"
          {...form.getInputProps("description")}
        />
        <Checkbox.Group label="Tell it of" {...form.getInputProps("events")}>
          <Stack gap="xs" mt={6} mb={6}>
            {EVENTS.map(({ event, means }) => (
              <Checkbox key={event} value={event} label={event} description={means} />
            ))}
          </Stack>
        </Checkbox.Group>
        <FaultNotice fault={fault} />
        <Group justify="flex-end">
          <Button type="submit" loading={isRunning}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
