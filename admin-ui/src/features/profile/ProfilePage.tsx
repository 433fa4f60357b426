import { Page } from "../../ui/Page";

/** One's own password, sessions and choices. */
export function ProfilePage() {
  return <Page title="Profile" />;
}
