import type { ReactNode } from "react";
import { KeysPanelDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { KeysTable } from "./KeysTable";

type Props = {
  readonly organizationId?: string | undefined;
  /** The next step where there is no key. */
  readonly empty?: ReactNode;
};

/** The API keys of an organization: what each may, and when it was used. Staff look, they change nothing. */
export function KeysPanel({ organizationId, empty }: Props) {
  const { data } = useRegionQuery(KeysPanelDocument, { organizationId: organizationId ?? null }, { pollMs: 30_000 });
  return (
    <KeysTable
      title="API keys"
      keys={data.organization.apiKeys}
      empty={{
        title: "No API key yet",
        text: "A service needs a key to report usage. Its secret is shown once, with the code that uses it.",
        action: empty,
      }}
      permission={organizationId === undefined ? "keys:write" : null}
    />
  );
}
