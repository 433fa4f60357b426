import { Anchor } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import { Link, useLocation } from "react-router";
import { MailsPageDocument } from "../../gql/documents";
import { plural } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { maybeText, pageSize, useUrlState } from "../../lib/url-state";
import { EmptyState } from "../../ui/EmptyState";
import { Instant } from "../../ui/Instant";
import { Pager } from "../../ui/Pager";
import { Status } from "../../ui/Status";
import { Cell, Row, Table } from "../../ui/Table";
import { UrlDrawer } from "../../ui/UrlDrawer";
import { mailState } from "./mail-words";
import { type Mail, MailDetail } from "./MailDetail";

const URL_SPEC = { open: maybeText(), after: maybeText(), size: pageSize() };

const COLUMNS = [
  { key: "subject", label: "Subject" },
  { key: "to", label: "To", phone: "bare" },
  { key: "created", label: "Written", phone: "bare" },
  { key: "state", label: "State", phone: "first" },
] as const;

/** A page of the outbox; the subject opens the mail. */
export function MailsTable() {
  const { view, setView, hrefWith } = useUrlState(URL_SPEC);
  const { data, isStale } = useRegionQuery(
    MailsPageDocument,
    { first: view.size, after: view.after },
    { pollMs: 10_000 },
  );
  const { nodes, pageInfo } = data.mails;
  if (nodes.length === 0) {
    return (
      <EmptyState title="No mail yet" icon={IconMailOff}>
        Invitations and links to reset a password show up here.
      </EmptyState>
    );
  }
  return (
    <>
      <Table caption="Mails" columns={COLUMNS} isStale={isStale}>
        {nodes.map((mail) => (
          <MailRow key={mail.id} mail={mail} href={hrefWith({ open: mail.id })} />
        ))}
      </Table>
      <Pager
        pageInfo={pageInfo}
        after={view.after}
        size={view.size}
        count={plural(nodes.length, "mail")}
        onPage={(after, state) => setView({ after }, { state })}
        onSize={(size) => setView({ size })}
      />
      <UrlDrawer open={view.open} onClose={() => setView({ open: null })} title="Mail">
        {(open) => <MailDetail mail={nodes.find(({ id }) => id === open)} />}
      </UrlDrawer>
    </>
  );
}

function MailRow({ mail, href }: { mail: Mail; href: string }) {
  // The pager's place lies in the history entry; opening a drawer must not lose it.
  const state: unknown = useLocation().state;
  const { label, tone } = mailState(mail);
  return (
    <Row>
      <Cell column="subject" head>
        <Anchor component={Link} to={href} state={state} preventScrollReset fz="sm" fw={600}>
          {mail.subject}
        </Anchor>
      </Cell>
      <Cell column="to">{mail.to}</Cell>
      <Cell column="created">
        <Instant at={mail.createdAt} as="relative" />
      </Cell>
      <Cell column="state">
        <Status tone={tone} {...(mail.error === null ? {} : { title: mail.error })}>
          {label}
        </Status>
      </Cell>
    </Row>
  );
}
