import { Anchor } from "@mantine/core";
import { IconScale } from "@tabler/icons-react";
import { Link, useLocation } from "react-router";
import { ProofReportsDocument } from "../../gql/documents";
import { formatInstant } from "../../lib/instant";
import { formatCount, plural } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { maybeText, pageSize, useUrlState } from "../../lib/url-state";
import { EmptyState } from "../../ui/EmptyState";
import { Pager } from "../../ui/Pager";
import { Region } from "../../ui/Region";
import { CardSkeleton } from "../../ui/Skeletons";
import { Status } from "../../ui/Status";
import { Cell, Row, Table } from "../../ui/Table";
import { UrlDrawer } from "../../ui/UrlDrawer";
import { ProofReportDetail } from "./ProofReportDetail";
import { checkedCount, proofState, type Summary } from "./proof-words";

const URL_SPEC = { open: maybeText(), after: maybeText(), size: pageSize() };

const COLUMNS = [
  { key: "started", label: "Proof of" },
  { key: "took", label: "Took", numeric: true, phone: "none" },
  { key: "objects", label: "Objects", numeric: true },
  { key: "state", label: "Outcome", phone: "first" },
] as const;

/** A page of the proofs; each opens to its differences. */
export function ProofReports() {
  const { view, setView, hrefWith } = useUrlState(URL_SPEC);
  const variables = { first: view.size, after: view.after };
  const { data, isStale } = useRegionQuery(ProofReportsDocument, variables, { pollMs: 10_000 });
  const { nodes, pageInfo } = data.proofReports;
  return (
    <>
      {nodes.length === 0 ? (
        <EmptyState title="No proof yet" icon={IconScale}>
          Each one is kept here with what it found.
        </EmptyState>
      ) : (
        <>
          <Table caption="Proofs" columns={COLUMNS} isStale={isStale}>
            {nodes.map((report) => (
              <ReportRow
                key={report.id}
                report={report}
                href={hrefWith({ open: report.id })}
                isOpen={report.id === view.open}
              />
            ))}
          </Table>
          <Pager
            pageInfo={pageInfo}
            after={view.after}
            size={view.size}
            count={plural(nodes.length, "proof")}
            onPage={(after, state) => setView({ after }, { state })}
            onSize={(size) => setView({ size })}
          />
        </>
      )}
      <UrlDrawer open={view.open} onClose={() => setView({ open: null })} title="Proof" wide>
        {(id) => (
          <Region name="The proof" skeleton={<CardSkeleton height={320} />}>
            <ProofReportDetail id={id} />
          </Region>
        )}
      </UrlDrawer>
    </>
  );
}

function ReportRow({ report, href, isOpen }: { report: Summary; href: string; isOpen: boolean }) {
  // The pager's place lies in the history entry; opening a drawer must not lose it.
  const state: unknown = useLocation().state;
  const { startedAt, finishedAt } = report;
  const { label, tone } = proofState(report);
  return (
    <Row marked={isOpen}>
      <Cell column="started" head>
        <Anchor component={Link} to={href} state={state} preventScrollReset fz="sm" fw={600}>
          {formatInstant(startedAt)}
        </Anchor>
      </Cell>
      <Cell column="took">{finishedAt ? seconds(Date.parse(finishedAt) - Date.parse(startedAt)) : "-"}</Cell>
      <Cell column="objects">{formatCount(checkedCount(report))}</Cell>
      <Cell column="state">
        <Status tone={tone} {...(report.error === null ? {} : { title: report.error })}>
          {label}
        </Status>
      </Cell>
    </Row>
  );
}

const seconds = (ms: number): string => (ms < 1_000 ? "under 1 s" : `${formatCount(Math.round(ms / 1_000))} s`);
