import "@mantine/spotlight/styles.css";
import { useQuery } from "@apollo/client/react";
import { Kbd, UnstyledButton, VisuallyHidden, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight, spotlight } from "@mantine/spotlight";
import { IconBuilding, IconFileInvoice, IconMoon, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { STATUSES } from "../../features/billing/subscription-words";
import { staffInvoiceUrl } from "../../features/invoice-acts/urls";
import { organizationUrl } from "../../features/organizations/urls";
import { ConsoleSpotlightDocument } from "../../gql/documents";
import { formatDay } from "../../lib/instant";
import { formatAmount } from "../../lib/money";
import { useViewer } from "../../lib/viewer";
import classes from "./ConsoleSpotlight.module.css";
import { consoleNavigation } from "./navigation";

const SHORTEST = 2;

/** The box in the header that opens the search; `mod+K` does the same. */
export function SearchBox() {
  return (
    <UnstyledButton className={classes.open} onClick={spotlight.open}>
      <VisuallyHidden>Search pages, organizations and invoices</VisuallyHidden>
      <IconSearch size={16} aria-hidden />
      <span className={classes.words} aria-hidden>
        Search
      </span>
      <Kbd size="xs" className={classes.keys} aria-hidden>
        {/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘ K" : "Ctrl K"}
      </Kbd>
    </UnstyledButton>
  );
}

/** Jumps to a page one may open, an organization by a part of its name or its id, or an invoice by a part of its number. */
export function ConsoleSpotlight() {
  const [query, setQuery] = useState("");
  return (
    <Spotlight.Root query={query} onQueryChange={setQuery} shortcut="mod + K" clearQueryOnClose>
      <Spotlight.Search
        placeholder="A page, an organization, an invoice's number, or an id"
        aria-label="Search pages, organizations and invoices"
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        <Found query={query.trim()} />
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Found({ query }: { query: string }) {
  const navigate = useNavigate();
  const { permissions } = useViewer();
  const { setColorScheme } = useMantineColorScheme();
  const other = useComputedColorScheme("light") === "dark" ? "light" : "dark";
  const { found, invoices, isAsking } = useFound(query);
  const holds = (words: string) => words.toLowerCase().includes(query.toLowerCase());
  const pages = consoleNavigation(permissions)
    .flatMap(({ items }) => items)
    .filter(({ label }) => holds(label));
  const switchTheme = `Switch to ${other} colors`;
  const canSwitch = holds(switchTheme);
  const isEmpty = found.length === 0 && invoices.length === 0 && pages.length === 0 && !canSwitch;

  return (
    <>
      {found.length > 0 && (
        <Spotlight.ActionsGroup label="Organizations">
          {found.map(({ id, name, subscription: { plan, status } }) => (
            <Spotlight.Action
              key={id}
              label={name}
              description={`${plan.name}, ${STATUSES[status].label.toLowerCase()}`}
              leftSection={<IconBuilding size={18} aria-hidden />}
              onClick={() => void navigate(organizationUrl(id))}
            />
          ))}
        </Spotlight.ActionsGroup>
      )}
      {invoices.length > 0 && (
        <Spotlight.ActionsGroup label="Invoices">
          {invoices.map(({ id, number, createdAt, organization, total }) => (
            <Spotlight.Action
              key={id}
              label={number ?? `Draft of ${formatDay(createdAt)}`}
              description={`${organization.name}, ${formatAmount(total)}`}
              leftSection={<IconFileInvoice size={18} aria-hidden />}
              onClick={() => void navigate(staffInvoiceUrl(id))}
            />
          ))}
        </Spotlight.ActionsGroup>
      )}
      {pages.length > 0 && (
        <Spotlight.ActionsGroup label="Pages">
          {pages.map(({ label, to, icon: Icon }) => (
            <Spotlight.Action
              key={to}
              label={label}
              leftSection={<Icon size={18} aria-hidden />}
              onClick={() => void navigate(to)}
            />
          ))}
        </Spotlight.ActionsGroup>
      )}
      {canSwitch && (
        <Spotlight.ActionsGroup label="Do">
          <Spotlight.Action
            label={switchTheme}
            leftSection={<IconMoon size={18} aria-hidden />}
            onClick={() => setColorScheme(other)}
          />
        </Spotlight.ActionsGroup>
      )}
      {isEmpty && <Spotlight.Empty>{isAsking ? "Searching" : "Nothing matches."}</Spotlight.Empty>}
    </>
  );
}

/** From two characters on, 150 ms after the last key. */
function useFound(query: string) {
  const [asked] = useDebouncedValue(query, 150);
  const isLong = asked.length >= SHORTEST && query.length >= SHORTEST;
  const { data, loading } = useQuery(ConsoleSpotlightDocument, { variables: { search: asked }, skip: !isLong });
  return {
    found: isLong ? (data?.organizations.nodes ?? []) : [],
    invoices: isLong ? (data?.invoices.nodes ?? []) : [],
    isAsking: loading || asked !== query,
  };
}
