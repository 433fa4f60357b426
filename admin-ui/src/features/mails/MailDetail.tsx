import { Stack, Title } from "@mantine/core";
import type { MailsPageQuery } from "../../gql/documents";
import { CopyField } from "../../ui/CopyField";
import { Facts } from "../../ui/Facts";
import { Instant } from "../../ui/Instant";
import { Notice } from "../../ui/Notice";
import { linksOf } from "./mail-words";
import classes from "./MailDetail.module.css";

export type Mail = MailsPageQuery["mails"]["nodes"][number];

/** One mail as it was, or will be, sent; its links can be copied while it waits. */
export function MailDetail({ mail }: { readonly mail: Mail | undefined }) {
  if (!mail) return <Notice tone="info">This mail is not on the page that is shown. Go to its page to open it.</Notice>;
  const links = linksOf(mail.text);
  return (
    <Stack gap="lg">
      <Title order={2}>{mail.subject}</Title>
      <Facts
        facts={[
          ["To", mail.to],
          ["Written", <Instant key="created" at={mail.createdAt} as="exact" />],
          ["Sent", mail.sentAt === null ? "Not yet" : <Instant key="sent" at={mail.sentAt} as="exact" />],
        ]}
      />
      {mail.error !== null && (
        <Notice tone="bad" title="The mail server did not take it">
          {mail.error}
        </Notice>
      )}
      <div className={classes.text}>{mail.text}</div>
      {links.map((link, index) => (
        <CopyField key={link} label={links.length === 1 ? "Link" : `Link ${index + 1}`} value={link} />
      ))}
      {links.length > 0 && (
        <Notice tone="warn">
          Whoever opens a link acts as the person it was written to. Pass it on to nobody else.
        </Notice>
      )}
    </Stack>
  );
}
