import { Container } from "@mantine/core";
import { useRouteError } from "react-router";
import { Page } from "../ui/Page";
import { RegionError } from "../ui/RegionError";

/** A page that failed as a whole. Reloading also fetches the code anew, which may have been replaced. */
export function RouteError() {
  const error = useRouteError();
  return (
    <Container size="sm" py="xl" component="main">
      <Page title="Something went wrong">
        <RegionError name="This page" error={error} onRetry={() => window.location.reload()} />
      </Page>
    </Container>
  );
}
