import "@mantine/core/styles.layer.css";
import "@mantine/charts/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "../ui/global.css";
import type { ApolloClient } from "@apollo/client";
import { ApolloProvider } from "@apollo/client/react";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { type ComponentProps, useState } from "react";
import { RouterProvider } from "react-router/dom";
import { PreferencesProvider } from "../lib/preferences";
import { RouteFocus, RouteFocusContext } from "../ui/route-focus";
import { theme, tokens } from "../ui/theme";

type Props = { readonly client: ApolloClient; readonly router: ComponentProps<typeof RouterProvider>["router"] };

/** All that surrounds the pages. */
export function App({ client, router }: Props) {
  const [focusMemory] = useState(() => new RouteFocus());
  return (
    <ApolloProvider client={client}>
      <MantineProvider theme={theme} cssVariablesResolver={tokens} defaultColorScheme="auto">
        <PreferencesProvider>
          <RouteFocusContext value={focusMemory}>
            <Notifications position="bottom-right" />
            {/* Without transitions the controls follow the URL at once; `useRegionQuery` keeps old rows meanwhile. */}
            <RouterProvider router={router} useTransitions={false} />
          </RouteFocusContext>
        </PreferencesProvider>
      </MantineProvider>
    </ApolloProvider>
  );
}
