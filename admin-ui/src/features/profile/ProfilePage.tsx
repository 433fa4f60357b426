import { useViewer } from "../../lib/viewer";
import { Card } from "../../ui/Card";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { Appearance } from "./Appearance";
import { ChangePassword } from "./ChangePassword";
import { SessionsList } from "./SessionsList";

/** One's own password, sessions and choices. */
export function ProfilePage() {
  const { email } = useViewer();
  return (
    <Page title="Profile" state={email}>
      <Card title="This device">
        <Appearance />
      </Card>
      <Card title="Password">
        <ChangePassword />
      </Card>
      <Region name="The sessions">
        <SessionsList />
      </Region>
    </Page>
  );
}
