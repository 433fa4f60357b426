import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Code, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { AuditRow_EntryFragmentDoc, type AuditRow_EntryFragment } from "../../gql/documents";
import { CopyText } from "../../ui/CopyText";
import { Facts } from "../../ui/Facts";
import { Instant } from "../../ui/Instant";
import { Notice } from "../../ui/Notice";
import { actionWords, targetWords } from "./audit-words";
import { StaffMark } from "./AuditTable";

type Props = { readonly entry: ({ readonly id: string } & FragmentType<AuditRow_EntryFragment>) | undefined };

/** One entry whole: what changed, and the request that did it. */
export function AuditDetail({ entry }: Props) {
  if (!entry)
    return <Notice tone="info">This entry is not on the page that is shown. Go to its page to open it.</Notice>;
  return <Entry entry={entry} />;
}

function Entry({ entry: from }: { entry: NonNullable<Props["entry"]> }) {
  const { data: entry, complete } = useFragment({ fragment: AuditRow_EntryFragmentDoc, from });
  if (!complete) return null;
  const facts: [string, ReactNode][] = [
    ["When", <Instant key="at" at={entry.at} as="exact" />],
    [
      "Who",
      <Text key="actor" span size="sm">
        {entry.actor} {entry.staff && <StaffMark />}
      </Text>,
    ],
    ["To what", entry.target && targetWords(entry.target)],
    ["Organization", entry.organization?.name ?? "The platform"],
    ["Action", <Code key="action">{entry.action}</Code>],
    ["Request", entry.requestId && <CopyText key="request" value={entry.requestId} label="Copy the request id" />],
    ["Entry", <CopyText key="id" value={entry.id} label="Copy the id of the entry" />],
  ];
  return (
    <Stack gap="lg">
      <Title order={2}>{actionWords(entry.action)}</Title>
      <Facts facts={facts.filter(([, value]) => value !== null)} />
      {entry.detail != null && (
        <section aria-label="What changed">
          <Title order={3} mb="xs">
            What changed
          </Title>
          <Code block>{JSON.stringify(entry.detail, null, 2)}</Code>
        </section>
      )}
    </Stack>
  );
}
