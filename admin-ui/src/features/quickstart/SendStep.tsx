import { Text } from "@mantine/core";
import { firstEvent, recordRequest } from "../../lib/snippets";
import { Snippets } from "../../ui/Snippets";
import { Step } from "./Step";

type Props = { readonly secret: string | null; readonly idempotencyKey: string; readonly isDone: boolean };

/** The first event, to paste. */
export function SendStep({ secret, idempotencyKey, isDone }: Props) {
  return (
    <Step number={2} title="Send an event" isDone={isDone}>
      <Text mb="sm">
        One generation of complexity T1. The idempotency key names it for ever: sending it again changes nothing.
        {secret === null && " The snippets read the key from QLP_API_KEY."}
      </Text>
      <Snippets request={recordRequest([firstEvent(idempotencyKey)])} origin={window.location.origin} secret={secret} />
    </Step>
  );
}
