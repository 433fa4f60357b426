import { Page } from "../../ui/Page";

/** Am I fine, and what will I pay? */
export function OverviewPage() {
  return <Page title="Overview" />;
}
