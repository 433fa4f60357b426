import { Container } from "@mantine/core";
import { Suspense } from "react";
import { Outlet, ScrollRestoration } from "react-router";
import { PageSkeleton } from "../ui/Skeletons";
import { ViewerProvider } from "./ViewerProvider";

/** What every page stands in: the viewer, and the place one scrolled to. */
export function RootLayout() {
  return (
    <Suspense
      fallback={
        <Container size="lg" py="xl">
          <PageSkeleton />
        </Container>
      }
    >
      <ViewerProvider>
        <Outlet />
        <ScrollRestoration getKey={({ pathname }) => pathname} />
      </ViewerProvider>
    </Suspense>
  );
}
