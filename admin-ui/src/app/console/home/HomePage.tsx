import { Page } from "../../../ui/Page";
import { Region } from "../../../ui/Region";
import { CardSkeleton } from "../../../ui/Skeletons";
import { NewestAlarms } from "../../../features/alarms/NewestAlarms";
import { BillingTiles } from "./BillingTiles";
import classes from "./HomePage.module.css";
import { MostOverage } from "./MostOverage";
import { OrganizationCounts } from "./OrganizationCounts";
import { TrialsEnding } from "./TrialsEnding";

/** How do the customers stand, and who needs a look? */
export function HomePage() {
  return (
    <Page title="Home" state="How the customers and their bills stand now.">
      <Region name="The counts" skeleton={<CardSkeleton height={110} />}>
        <OrganizationCounts />
      </Region>
      <Region name="The billing" skeleton={<CardSkeleton height={110} />}>
        <BillingTiles />
      </Region>
      <Region name="The alarms" skeleton={<CardSkeleton height={120} />}>
        <NewestAlarms />
      </Region>
      <div className={classes.pair}>
        <Region name="The trials" skeleton={<CardSkeleton height={260} />}>
          <TrialsEnding />
        </Region>
        <Region name="The overage" skeleton={<CardSkeleton height={260} />}>
          <MostOverage />
        </Region>
      </div>
    </Page>
  );
}
