import type { FragmentType } from "@apollo/client";
import { IconHistory } from "@tabler/icons-react";
import type { AuditRow_EntryFragment } from "../../gql/documents";
import type { UrlState } from "../../lib/url-state";
import { EmptyState } from "../../ui/EmptyState";
import { Pager } from "../../ui/Pager";
import { UrlDrawer } from "../../ui/UrlDrawer";
import type { AUDIT_URL } from "./audit-view";
import { AuditDetail } from "./AuditDetail";
import { AuditTable } from "./AuditTable";

type Props = Pick<UrlState<typeof AUDIT_URL>, "view" | "setView" | "hrefWith"> & {
  readonly page: {
    readonly nodes: readonly ({ readonly id: string } & FragmentType<AuditRow_EntryFragment>)[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
  readonly isStale: boolean;
  readonly withOrganization?: boolean;
};

/** A page of an audit log, with the entry that is open beside it. */
export function AuditEntries({ page, isStale, withOrganization = false, view, setView, hrefWith }: Props) {
  const { nodes, pageInfo } = page;
  if (nodes.length === 0) {
    return (
      <EmptyState title="Nothing happened yet" icon={IconHistory}>
        Each change, and each look by QLP's staff, is written down here.
      </EmptyState>
    );
  }
  return (
    <>
      <AuditTable
        entries={nodes}
        hrefOf={(open) => hrefWith({ open })}
        isStale={isStale}
        withOrganization={withOrganization}
      />
      <Pager
        pageInfo={pageInfo}
        after={view.after}
        size={view.size}
        count={nodes.length === 1 ? "1 entry" : `${nodes.length} entries`}
        onPage={(after, state) => setView({ after }, { state })}
        onSize={(size) => setView({ size })}
      />
      <UrlDrawer open={view.open} onClose={() => setView({ open: null })} title="Audit entry">
        {(open) => <AuditDetail entry={nodes.find(({ id }) => id === open)} />}
      </UrlDrawer>
    </>
  );
}
