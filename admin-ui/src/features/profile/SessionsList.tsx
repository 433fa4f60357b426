import { Button, Group } from "@mantine/core";
import {
  EndOtherSessionsDocument,
  EndSessionDocument,
  SessionsDocument,
  type SessionsQuery,
} from "../../gql/documents";
import { useAct } from "../../lib/act";
import { useRegionQuery } from "../../lib/query";
import { plural } from "../../lib/quantity";
import { Card } from "../../ui/Card";
import { Instant } from "../../ui/Instant";
import { FaultNotice } from "../../ui/Notice";
import { Status } from "../../ui/Status";
import { Cell, Row, Table } from "../../ui/Table";
import { toastDone } from "../../ui/toasts";
import { deviceName } from "./user-agent";

const COLUMNS = [
  { key: "device", label: "Device" },
  { key: "address", label: "Address" },
  { key: "seen", label: "Last seen" },
  { key: "since", label: "Logged in" },
  { key: "acts", label: "Actions", quiet: true },
];

/** Where one is logged in, and the way to end it. */
export function SessionsList() {
  const { data } = useRegionQuery(SessionsDocument, {});
  const { run, isRunning, fault } = useAct(EndOtherSessionsDocument, { refetch: ["Sessions"] });
  const others = data.sessions.filter(({ current }) => !current).length;

  const endOthers = async () => {
    const answer = await run({});
    if (answer) toastDone(`${plural(answer.endOtherSessions, "session")} ended.`);
  };

  return (
    <Card
      title="Sessions"
      description="Where you are logged in. Ending one logs that device out at its next request."
      flush
      actions={
        others > 0 && (
          <Button variant="default" loading={isRunning} onClick={() => void endOthers()}>
            End all others
          </Button>
        )
      }
    >
      <FaultNotice fault={fault} />
      <Table caption="Your sessions" columns={COLUMNS}>
        {data.sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </Table>
    </Card>
  );
}

function SessionRow({ session }: { session: SessionsQuery["sessions"][number] }) {
  const { id, userAgent, ipAddress, lastSeenAt, createdAt, current } = session;
  const { run, isRunning, fault } = useAct(EndSessionDocument, { refetch: ["Sessions"] });
  const device = deviceName(userAgent);
  return (
    <Row>
      <Cell column="device" head>
        <Group gap="xs">
          <span title={userAgent ?? undefined}>{device}</span>
          {current && <Status tone="info">This one</Status>}
        </Group>
      </Cell>
      <Cell column="address">{ipAddress}</Cell>
      <Cell column="seen">
        <Instant at={lastSeenAt} as="relative" real />
      </Cell>
      <Cell column="since">
        <Instant at={createdAt} real />
      </Cell>
      <Cell column="acts">
        {!current && (
          <Button
            variant="default"
            size="xs"
            loading={isRunning}
            onClick={() => void run({ input: { id } })}
            aria-label={`End the session of ${device}`}
          >
            End
          </Button>
        )}
        <FaultNotice fault={fault} />
      </Cell>
    </Row>
  );
}
