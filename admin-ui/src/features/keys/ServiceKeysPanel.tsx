import type { ReactNode } from "react";
import { ServiceKeysDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { KeysTable } from "./KeysTable";

/** The keys of QLP's own services. */
export function ServiceKeysPanel({ empty }: { readonly empty: ReactNode }) {
  const { data } = useRegionQuery(ServiceKeysDocument, {}, { pollMs: 30_000 });
  return (
    <KeysTable
      title="Service keys"
      keys={data.serviceKeys}
      empty={{
        title: "No service key yet",
        text: "A service of ours needs one to report what organizations used. Its secret is shown once.",
        action: empty,
      }}
      permission="staff:platform"
      isService
    />
  );
}
