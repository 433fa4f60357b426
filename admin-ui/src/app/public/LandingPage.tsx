import { Page } from "../../ui/Page";

/** What this is, what it costs, and the doors. */
export function LandingPage() {
  return <Page title="QLP Monetization" />;
}
