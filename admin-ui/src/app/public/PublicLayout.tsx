import { Button, Container, Group } from "@mantine/core";
import { Suspense } from "react";
import { Link, Outlet } from "react-router";
import { logInUrl, signUpUrl } from "../../features/auth/urls";
import { useMaybeViewer } from "../../lib/viewer";
import { Brand } from "../../ui/Brand";
import { PageSkeleton } from "../../ui/Skeletons";
import { ThemeSwitch } from "../../ui/ThemeSwitch";
import classes from "./PublicLayout.module.css";

/** The rooms that are open to all. */
export function PublicLayout() {
  return (
    <>
      <a className={classes.skip} href="#main">
        Skip to the content
      </a>
      <header className={classes.header}>
        <Container size="lg" h="100%">
          <Group h="100%" justify="space-between" wrap="nowrap" gap="xs">
            <Brand to="/" />
            <Group component="nav" aria-label="Main" gap="xs" wrap="nowrap">
              <ThemeSwitch />
              <Doors />
            </Group>
          </Group>
        </Container>
      </header>
      <Container component="main" id="main" tabIndex={-1} size="lg" py={{ base: "lg", sm: "xl" }}>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </Container>
    </>
  );
}

function Doors() {
  const viewer = useMaybeViewer();
  if (viewer) {
    return (
      <Button component={Link} to={viewer.organization ? "/app" : "/console"}>
        {viewer.organization ? "Open the portal" : "Open the console"}
      </Button>
    );
  }
  return (
    <>
      <Button component={Link} to={logInUrl()} variant="default">
        Log in
      </Button>
      <Button component={Link} to={signUpUrl()}>
        Sign up
      </Button>
    </>
  );
}
