import { Text } from "@mantine/core";
import { EntitlementsCardDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { Facts } from "../../ui/Facts";
import { Meter } from "../../ui/Meter";
import { Status } from "../../ui/Status";
import { rightName, type RightFigures, rightWords } from "./entitlement-words";

/** What the plan in force allows beside usage: features, and limits with how much of each is in use. */
export function EntitlementsCard({ organizationId }: { readonly organizationId?: string | undefined }) {
  const { data } = useRegionQuery(
    EntitlementsCardDocument,
    { organizationId: organizationId ?? null },
    { pollMs: 30_000 },
  );
  const { entitlements } = data.organization;
  return (
    <Card title="What the plan allows" description="Under the plan that is in force now.">
      <Facts facts={entitlements.map((right) => [rightName(right.key), <Right key={right.key} right={right} />])} />
    </Card>
  );
}

function Right({ right }: { right: RightFigures }) {
  const words = rightWords(right);
  switch (words.kind) {
    case "switch":
      return <Status tone={words.on ? "good" : "plain"}>{words.on ? "Yes" : "No"}</Status>;
    case "choice":
      return words.text;
    case "limit":
      return (
        <>
          <Text size="sm">{words.text}</Text>
          {words.share !== null && <Meter label={rightName(right.key)} text={words.text} share={words.share} hard />}
          {words.note !== null && (
            <Text size="sm" c="dimmed">
              {words.note}
            </Text>
          )}
        </>
      );
  }
}
