import { AppShell, Burger, Drawer, Group, NavLink, Stack, Text } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { type ComponentType, type ReactNode, useEffect } from "react";
import { Link, useLocation } from "react-router";
import { Brand } from "./Brand";
import classes from "./Shell.module.css";

export type NavItem = {
  readonly label: string;
  readonly to: string;
  readonly icon: ComponentType<{ size: number; "aria-hidden"?: boolean }>;
  /** Paths below `to` are other items' own. */
  readonly exact?: boolean;
};

export type NavSection = { readonly label: string | null; readonly items: readonly NavItem[] };

type Props = {
  readonly sections: readonly NavSection[];
  readonly home: string;
  /** Whose room this is: the organization's name, or "Console". */
  readonly place: string;
  /** The right end of the header. */
  readonly tools: ReactNode;
  /** One line over all pages, such as the sandbox clock. */
  readonly bar?: ReactNode;
  readonly children: ReactNode;
};

/** Header, navigation and the main part; the navigation is a drawer on a phone. */
export function Shell({ sections, home, place, tools, bar, children }: Props) {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const isPhone = useMediaQuery("(max-width: 47.99em)") ?? false;
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 236, breakpoint: "sm", collapsed: { mobile: true } }}
      padding={{ base: "md", sm: "xl" }}
    >
      <a className={classes.skip} href="#main">
        Skip to the content
      </a>
      <AppShell.Header className={classes.header}>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
          <Group gap="sm" wrap="nowrap" className={classes.left}>
            <Burger
              hiddenFrom="sm"
              size="sm"
              opened={isOpen}
              onClick={toggle}
              aria-label="Navigation"
              aria-expanded={isOpen}
            />
            <Brand to={home} />
            <Text c="dimmed" size="sm" truncate visibleFrom="xs">
              {place}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            {tools}
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" className={classes.navbar}>
        {!isPhone && <Navigation sections={sections} pathname={pathname} />}
      </AppShell.Navbar>
      <Drawer
        opened={isOpen && isPhone}
        onClose={close}
        title={place}
        size="18rem"
        padding="sm"
        closeButtonProps={{ "aria-label": "Close the navigation" }}
      >
        <Navigation sections={sections} pathname={pathname} />
      </Drawer>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        {bar}
        {children}
      </AppShell.Main>
    </AppShell>
  );
}

function Navigation({ sections, pathname }: { sections: readonly NavSection[]; pathname: string }) {
  return (
    <Stack component="nav" aria-label="Main" gap="md">
      {sections.map(({ label, items }) => (
        <div key={label ?? "first"} role={label === null ? undefined : "group"} aria-label={label ?? undefined}>
          {label !== null && <div className={classes.section}>{label}</div>}
          {items.map((item) => (
            <Item key={item.to} item={item} isActive={isWithin(pathname, item)} />
          ))}
        </div>
      ))}
    </Stack>
  );
}

function Item({ item: { label, to, icon: Icon }, isActive }: { item: NavItem; isActive: boolean }) {
  return (
    <NavLink
      component={Link}
      to={to}
      label={label}
      leftSection={<Icon size={18} aria-hidden />}
      active={isActive}
      aria-current={isActive ? "page" : undefined}
      className={classes.item}
    />
  );
}

/** Whether the page at `pathname` is the item's, or lies below it. */
const isWithin = (pathname: string, { to, exact = false }: Pick<NavItem, "to" | "exact">): boolean =>
  pathname === to || (!exact && pathname.startsWith(`${to}/`));
