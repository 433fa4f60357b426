import { Page } from "../../../ui/Page";
import { Region } from "../../../ui/Region";
import { CardSkeleton } from "../../../ui/Skeletons";
import classes from "./HomePage.module.css";
import { MostOverage } from "./MostOverage";
import { OrganizationCounts } from "./OrganizationCounts";
import { TrialsEnding } from "./TrialsEnding";

/** How do the customers stand, and who needs a look? */
export function HomePage() {
  return (
    <Page title="Home" state="How the customers stand now.">
      <Region name="The counts" skeleton={<CardSkeleton height={110} />}>
        <OrganizationCounts />
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
