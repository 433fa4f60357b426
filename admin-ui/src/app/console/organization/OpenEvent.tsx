import { Button, Group, TextInput } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { eventLedgerUrl } from "../../../features/usage/urls";

/** Leads to the page of one event, whose id or idempotency key a customer has named. */
export function OpenEvent({ organizationId }: { readonly organizationId: string }) {
  const navigate = useNavigate();
  const [named, setNamed] = useState("");
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault();
        if (named.trim() !== "") void navigate(eventLedgerUrl(organizationId, named.trim()));
      }}
    >
      <Group align="flex-end" gap="sm">
        <TextInput
          label="Event id or idempotency key"
          value={named}
          onChange={({ currentTarget }) => setNamed(currentTarget.value)}
          flex="1 1 16rem"
          maw="28rem"
        />
        <Button type="submit" variant="default">
          Open its ledger
        </Button>
      </Group>
    </form>
  );
}
