import { Card } from "../../ui/Card";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { TableSkeleton } from "../../ui/Skeletons";
import { MailsTable } from "./MailsTable";

/** What was written to whom, and whether it went out. */
export function MailsPage() {
  return (
    <Page
      title="Mails"
      state="The outbox. Without a mail server the mails wait here, and their links can be passed on."
    >
      <Card title="Mails, newest first" flush>
        <Region name="The mails" skeleton={<TableSkeleton />}>
          <MailsTable />
        </Region>
      </Card>
    </Page>
  );
}
