import { Anchor, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { ProofReportDocument, type ProofReportQuery } from "../../gql/documents";
import { formatCount, plural } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { CopyText } from "../../ui/CopyText";
import { Instant } from "../../ui/Instant";
import { Notice } from "../../ui/Notice";
import { Cell, Row, Table } from "../../ui/Table";
import { organizationUrl } from "../organizations/urls";
import { ProofRules } from "./ProofRules";
import { proofSentence, ruleWords, sideWords } from "./proof-words";

const COLUMNS = [
  { key: "object", label: "What differs" },
  { key: "field", label: "Field", phone: "bare" },
  { key: "ours", label: "Ours", numeric: true },
  { key: "stripes", label: "The other side", numeric: true },
] as const;

type Difference = ProofReportQuery["proofReport"]["differences"][number];

/** One proof: what it found, both sides of each difference, and what it compared. */
export function ProofReportDetail({ id }: { readonly id: string }) {
  const { proofReport: report } = useRegionQuery(ProofReportDocument, { id }, { pollMs: 5_000 }).data;
  const { differences, differenceCount } = report;
  return (
    <Stack gap="lg">
      <div>
        <Title order={2}>
          <Instant at={report.startedAt} zone="UTC" as="exact" />
        </Title>
        <Text size="sm" mt={4}>
          {proofSentence(report)}
        </Text>
      </div>
      {differences.length > 0 && (
        <section aria-label="Differences">
          <Table caption="Differences" columns={COLUMNS}>
            {differences.map((difference, index) => (
              // Nothing else names a difference: the same field of the same object may differ by two rules.
              <DifferenceRow key={index} difference={difference} />
            ))}
          </Table>
          {differenceCount > differences.length && (
            <Notice tone="info">
              The first {formatCount(differences.length)} of {plural(differenceCount, "difference")}.
            </Notice>
          )}
        </section>
      )}
      <section aria-label="What was compared">
        <Title order={3} mb="xs">
          What was compared
        </Title>
        <ProofRules report={report} />
      </section>
    </Stack>
  );
}

function DifferenceRow({ difference }: { difference: Difference }) {
  const { rule, organizationId, object, field, ours, stripes } = difference;
  return (
    <Row>
      <Cell column="object" head>
        <CopyText value={object} label="Copy the id">
          {object.length > 24 ? `${object.slice(0, 24)}…` : object}
        </CopyText>
        <Text size="xs" c="dimmed" fw={400}>
          {ruleWords(rule)}
          {organizationId !== null && (
            <>
              {". "}
              <Anchor component={Link} to={organizationUrl(organizationId)} fz="xs">
                Organization
              </Anchor>
            </>
          )}
        </Text>
      </Cell>
      <Cell column="field">{field}</Cell>
      <Cell column="ours">{sideWords(field, ours)}</Cell>
      <Cell column="stripes">{sideWords(field, stripes)}</Cell>
    </Row>
  );
}
