import { type FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Code, Switch, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { KeyRow_ApiKeyFragmentDoc, type KeyRow_ApiKeyFragment } from "../../gql/documents";
import { useRealTick } from "../../lib/clock";
import type { Permission } from "../../lib/permissions";
import { usePreferences } from "../../lib/preferences";
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

type Key = Pick<KeyRow_ApiKeyFragment, "id" | "revokedAt" | "expiresAt"> & FragmentType<KeyRow_ApiKeyFragment>;

type Props = {
  readonly title: string;
  readonly keys: readonly Key[];
  /** What is said where there is no key. */
  readonly empty: { readonly title: string; readonly text: string; readonly action: ReactNode };
  /** What it takes to change one; null: only looked at. */
  readonly permission: Permission | null;
  /** Keys of QLP's own services. */
  readonly isService?: boolean;
};

/** Keys: what each may, when it was used, and what can be done with it. */
export function KeysTable({ title, keys, empty, permission, isService = false }: Props) {
  const { view, setView } = useUrlState(URL_SPEC);
  const [act, setAct] = useState<Act | null>(null);
  const now = useRealTick(20_000);
  const shown = view.all ? keys : keys.filter((key) => !isDead(key, now));
  return (
    <Card
      title={title}
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
        <EmptyState title={keys.length === 0 ? empty.title : "No key is in use"} icon={IconKey} action={empty.action}>
          {empty.text}
        </EmptyState>
      ) : (
        <Table caption={title} columns={permission ? WITH_ACTS : COLUMNS}>
          {shown.map((key) => (
            <KeyRow key={key.id} apiKey={key} permission={permission} onAct={setAct} />
          ))}
        </Table>
      )}
      <RotateKeyDialog
        apiKey={act?.kind === "rotate" ? act.key : null}
        onClose={() => setAct(null)}
        isService={isService}
      />
      <RevokeKeyDialog apiKey={act?.kind === "revoke" ? act.key : null} onClose={() => setAct(null)} />
    </Card>
  );
}

type RowProps = {
  readonly apiKey: FragmentType<KeyRow_ApiKeyFragment>;
  readonly permission: Permission | null;
  readonly onAct: (act: Act) => void;
};

function KeyRow({ apiKey: from, permission, onAct }: RowProps) {
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
        {permission && !isDead(key, now) && (
          <RowMenu
            label={`Actions for ${key.name}`}
            permission={permission}
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
