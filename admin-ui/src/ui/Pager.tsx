import { Button, Group, NativeSelect, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useLocation, useNavigate } from "react-router";
import { PAGE_SIZES, type PageSize } from "../lib/url-state";
import classes from "./Pager.module.css";

type Props = {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly after: string | null;
  readonly size: PageSize;
  /** How many are on this page, in words: "25 events". */
  readonly count: string;
  readonly onPage: (after: string | null, state: unknown) => void;
  readonly onSize: (size: PageSize) => void;
};

const isStepped = (state: unknown): state is { pagerDepth: number } =>
  typeof state === "object" && state !== null && "pagerDepth" in state && Number(state.pagerDepth) > 0;

/** Forward by cursor; back the way one came, since cursors only know forward. */
export function Pager({ pageInfo, after, size, count, onPage, onSize }: Props) {
  const state: unknown = useLocation().state;
  const navigate = useNavigate();
  const depth = isStepped(state) ? state.pagerDepth : 0;
  const next = pageInfo.endCursor;

  return (
    <Group component="nav" aria-label="Pages" justify="space-between" gap="sm" className={classes.pager}>
      <Text component="output" size="sm" c="dimmed">
        {count}
      </Text>
      <Group gap="xs">
        <NativeSelect
          size="xs"
          aria-label="Rows on a page"
          value={String(size)}
          data={PAGE_SIZES.map((each) => ({ value: String(each), label: `${each} rows` }))}
          onChange={({ currentTarget: { value } }) => {
            const chosen = PAGE_SIZES.find((each) => String(each) === value);
            if (chosen) onSize(chosen);
          }}
        />
        <Button
          size="xs"
          variant="default"
          disabled={after === null}
          leftSection={<IconChevronLeft size={14} aria-hidden />}
          onClick={() => (depth > 0 ? void navigate(-1) : onPage(null, null))}
        >
          {depth > 0 || after === null ? "Previous" : "First page"}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={!pageInfo.hasNextPage || next === null}
          rightSection={<IconChevronRight size={14} aria-hidden />}
          onClick={() => onPage(next, { pagerDepth: depth + 1 })}
        >
          Next
        </Button>
      </Group>
    </Group>
  );
}
