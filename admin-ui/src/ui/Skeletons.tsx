import { Skeleton, Stack } from "@mantine/core";
import classes from "./States.module.css";

const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The shape of a card while it loads; says so to those who do not see it. */
export function CardSkeleton({ height = 160 }: { readonly height?: number }) {
  return (
    <output className={`${classes.state} ${classes.block} qlp-late`} aria-label="Loading">
      <Skeleton height={18} width="40%" mb="md" />
      <Skeleton height={height - 60} />
    </output>
  );
}

/** The shape of a table while it loads. */
export function TableSkeleton({ rows = 8 }: { readonly rows?: number }) {
  return (
    <Stack component="output" className="qlp-late" aria-label="Loading" gap="sm" p="md">
      <Skeleton height={14} width="60%" />
      {rowsOf(rows).map((row) => (
        <Skeleton key={row} height={22} />
      ))}
    </Stack>
  );
}

/** The shape of a whole page while its code or data loads. */
export function PageSkeleton() {
  return (
    <Stack component="output" className="qlp-late" aria-label="Loading the page" gap="lg" maw="76rem">
      <Skeleton height={30} width="14rem" />
      <Skeleton height={16} width="60%" />
      <Skeleton height={180} />
      <Skeleton height={240} />
    </Stack>
  );
}
