import { Anchor, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { holdersOf, type Permission } from "../lib/permissions";
import { Page } from "./Page";

/** A page the viewer's role does not open: what it needs, who may, and the way back. */
export function ForbiddenPage({ permission, home }: { readonly permission: Permission; readonly home: string }) {
  return (
    <Page title="Not for your role">
      <Stack gap="xs" maw="40rem">
        <Text>This page is for {holdersOf(permission)}. Ask one of them, or go back.</Text>
        <Anchor component={Link} to={home}>
          Back to the start
        </Anchor>
      </Stack>
    </Page>
  );
}

/** The same for an address that never was and for one that is somebody else's. */
export function NotFoundPage({ home }: { readonly home: string }) {
  return (
    <Page title="Not found">
      <Stack gap="xs" maw="40rem">
        <Text>There is nothing at this address, or it is not yours to see.</Text>
        <Anchor component={Link} to={home}>
          Back to the start
        </Anchor>
      </Stack>
    </Page>
  );
}
