import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { CardSkeleton } from "../../ui/Skeletons";
import { CatalogTable } from "./CatalogTable";

/** What is sold, in which version, and to how many. */
export function CatalogPage() {
  return (
    <Page title="Catalog" state="The plans as they are sold now. Subscribers keep the version they bought.">
      <Region name="The plans" skeleton={<CardSkeleton height={260} />}>
        <CatalogTable />
      </Region>
    </Page>
  );
}
