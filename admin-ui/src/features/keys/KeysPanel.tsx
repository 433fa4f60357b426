import { type FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Code, Switch, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { KeyRow_ApiKeyFragmentDoc, type KeyRow_ApiKeyFragment, KeysPanelDocument } from "../../gql/documents";
import { useRealTick } from "../../lib/clock";
import { usePreferences } from "../../lib/preferences";
import { useRegionQuery } from "../../lib/query";
import { flag, useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { Instant } from "../../ui/Instant";
import { RowMenu } from "../../ui/RowMenu";
import { Status } from "../../ui/Status";
import { Cell, Row, Table } from "../../ui/Table";
import { isDead, keyState } from "./key-state";
import { RevokeKeyDialog } from "./RevokeKeyDialog";
import { RotateKeyDialog } from "./RotateKeyDialog";
import { scopeLabel } from "./scopes";

const COLUMNS = [
  { key: "name", label: "Key" },
  { key: "prefix", label: "Starts with" },
  { key: "scopes", label: "May" },
  { key: "used", label: "Last used" },
  { key: "by", label: "Created" },
  { key: "state", label: "State" },
];
const WITH_ACTS = [...COLUMNS, { key: "acts", label: "Actions", quiet: true }];

const URL_SPEC = { all: flag() };

type Act = { readonly kind: "rotate" | "revoke"; readonly key: KeyRow_ApiKeyFragment };

type Props = {
  readonly organizationId?: string | undefined;
  /** The next step where there is no key. */
  readonly empty?: ReactNode;
};

/** The API keys of an organization: what each may, and when it was used. Staff look, they change nothing. */
export function KeysPanel({ organizationId, empty }: Props) {
  const { view, setView } = useUrlState(URL_SPEC);
  const { data } = useRegionQuery(KeysPanelDocument, { organizationId: organizationId ?? null }, { pollMs: 30_000 });
  const [act, setAct] = useState<Act | null>(null);
  const now = useRealTick(20_000);
  const { apiKeys } = data.organization;
  const shown = view.all ? apiKeys : apiKeys.filter((key) => !isDead(key, now));
  const isOwn = organizationId === undefined;

  return (
    <Card
      title="API keys"
      flush
      actions={
        <Switch
          label="Revoked and expired, too"
          checked={view.all}
          onChange={({ currentTarget }) => setView({ all: currentTarget.checked })}
        />
      }
    >
      {shown.length === 0 ? (
        <EmptyState title={apiKeys.length === 0 ? "No API key yet" : "No key is in use"} icon={IconKey} action={empty}>
          A service needs a key to report usage. Its secret is shown once, with the code that uses it.
        </EmptyState>
      ) : (
        <Table caption="API keys" columns={isOwn ? WITH_ACTS : COLUMNS}>
          {shown.map((key) => (
            <KeyRow key={key.id} apiKey={key} onAct={setAct} />
          ))}
        </Table>
      )}
      <RotateKeyDialog apiKey={act?.kind === "rotate" ? act.key : null} onClose={() => setAct(null)} />
      <RevokeKeyDialog apiKey={act?.kind === "revoke" ? act.key : null} onClose={() => setAct(null)} />
    </Card>
  );
}

type RowProps = {
  readonly apiKey: FragmentType<KeyRow_ApiKeyFragment>;
  readonly onAct: (act: Act) => void;
};

function KeyRow({ apiKey: from, onAct }: RowProps) {
  const now = useRealTick(20_000);
  const { zone } = usePreferences();
  const { data: key, complete } = useFragment({ fragment: KeyRow_ApiKeyFragmentDoc, from });
  if (!complete) return null;
  const { label, tone } = keyState(key, now, zone);
  return (
    <Row faded={isDead(key, now)}>
      <Cell column="name" head>
        {key.name}
      </Cell>
      <Cell column="prefix">
        <Code>{key.prefix}…</Code>
      </Cell>
      <Cell column="scopes">{key.scopes.map(scopeLabel).join(", ")}</Cell>
      <Cell column="used">{key.lastUsedAt ? <Instant at={key.lastUsedAt} as="relative" real /> : "Never"}</Cell>
      <Cell column="by">
        <Instant at={key.createdAt} as="day" real />
        {key.createdBy && (
          <Text size="xs" c="dimmed">
            by {key.createdBy.email}
          </Text>
        )}
      </Cell>
      <Cell column="state">
        <Status tone={tone}>{label}</Status>
      </Cell>
      <Cell column="acts">
        {!isDead(key, now) && (
          <RowMenu
            label={`Actions for ${key.name}`}
            permission="keys:write"
            items={[
              { label: "Rotate", onClick: () => onAct({ kind: "rotate", key }) },
              { label: "Revoke", onClick: () => onAct({ kind: "revoke", key }), dangerous: true },
            ]}
          />
        )}
      </Cell>
    </Row>
  );
}
