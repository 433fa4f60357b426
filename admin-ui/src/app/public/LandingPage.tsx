import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { logInUrl, signUpUrl } from "../../features/auth/urls";
import { PlanCards } from "../../features/catalog/PlanCards";
import type { PlanCode } from "../../gql/documents";
import { useMaybeViewer } from "../../lib/viewer";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { CardSkeleton } from "../../ui/Skeletons";

/** Enterprise is by agreement: nobody signs up for it. */
function startOf(plan: PlanCode, name: string) {
  if (plan === "ENTERPRISE") return null;
  return plan === "FREE"
    ? { to: signUpUrl(), label: "Start free" }
    : { to: signUpUrl(plan), label: `Start with ${name}` };
}

/** What this is, what it costs, and the doors. */
export function LandingPage() {
  const viewer = useMaybeViewer();
  const home = viewer?.organization ? "/app" : "/console";
  const start = viewer
    ? { to: home, label: viewer.organization ? "Open the portal" : "Open the console" }
    : { to: signUpUrl(), label: "Start free" };
  return (
    <Page title="Pay for what you generate">
      <Stack gap="xl">
        <Stack gap="md" maw="42rem">
          <Text fz="lg">
            Report what you used; see within the second what is left and what it will cost, exact to the event. Start
            free, no card.
          </Text>
          <Group gap="sm">
            <Button component={Link} to={start.to} size="md">
              {start.label}
            </Button>
            {!viewer && (
              <Button component={Link} to={logInUrl()} size="md" variant="default">
                Log in
              </Button>
            )}
          </Group>
        </Stack>
        <Stack gap="md" component="section" aria-labelledby="plans">
          <Title order={2} id="plans">
            Plans
          </Title>
          <Region name="The plans" skeleton={<CardSkeleton height={360} />}>
            <PlanCards actionOf={(plan, name) => (viewer ? null : startOf(plan, name))} />
          </Region>
        </Stack>
      </Stack>
    </Page>
  );
}
