import { VisuallyHidden } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconArrowsSort } from "@tabler/icons-react";
import { createContext, type ReactNode, useContext } from "react";
import classes from "./Table.module.css";

export type Column = {
  readonly key: string;
  readonly label: string;
  /** Numbers stand right, in figures of one width. */
  readonly numeric?: boolean;
  /** The name under which the list can be sorted by this column. */
  readonly sort?: string;
  /** On a phone: at the end of the first line, below without its label, or left out where the row opens to it. Else below, with its label. */
  readonly phone?: "first" | "bare" | "none";
  /** For a column of buttons: its label is for those who do not see. */
  readonly quiet?: boolean;
};

export type Sorting = {
  readonly by: string;
  readonly direction: "ascending" | "descending";
  readonly onSort: (by: string) => void;
};

type TableProps = {
  /** What the table holds, for those who do not see it. */
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly sorting?: Sorting | undefined;
  /** The rows are those of the question before. */
  readonly isStale?: boolean;
  readonly children: ReactNode;
};

/** On a phone the parts are laid out as blocks, which would take their meaning from them: the roles give it back. */
const ROLES = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  column: { role: "columnheader" },
  head: { role: "rowheader" },
  cell: { role: "cell" },
} as const;

const ColumnsContext = createContext<ReadonlyMap<string, Column>>(new Map());

/** A table that becomes labelled rows on a phone. */
export function Table({ caption, columns, sorting, isStale = false, children }: TableProps) {
  return (
    <ColumnsContext value={new Map(columns.map((column) => [column.key, column]))}>
      <div className={classes.frame} data-stale={isStale || undefined} aria-busy={isStale}>
        {isStale && <div className={classes.bar} />}
        <table className={classes.table} {...ROLES.table}>
          <caption className={classes.caption}>{caption}</caption>
          <thead className={classes.head} {...ROLES.group}>
            <tr {...ROLES.row}>
              {columns.map((column) => (
                <HeadCell key={column.key} column={column} sorting={sorting} />
              ))}
            </tr>
          </thead>
          <tbody {...ROLES.group}>{children}</tbody>
        </table>
      </div>
    </ColumnsContext>
  );
}

function HeadCell({ column, sorting }: { column: Column; sorting: Sorting | undefined }) {
  const { label, numeric, sort, quiet } = column;
  const isSorted = sorting !== undefined && sort === sorting.by;
  const Icon = !isSorted ? IconArrowsSort : sorting.direction === "ascending" ? IconArrowUp : IconArrowDown;
  return (
    <th
      scope="col"
      {...ROLES.column}
      data-numeric={numeric || undefined}
      {...(sorting && sort ? { "aria-sort": isSorted ? sorting.direction : "none" } : {})}
    >
      {sorting && sort ? (
        <button type="button" className={classes.sort} onClick={() => sorting.onSort(sort)}>
          {label}
          <Icon size={14} aria-hidden />
        </button>
      ) : quiet ? (
        <VisuallyHidden>{label}</VisuallyHidden>
      ) : (
        label
      )}
    </th>
  );
}

type RowProps = {
  readonly children: ReactNode;
  /** Stands out: new, or the one that is open. */
  readonly marked?: boolean;
  /** Gone or void: grey. */
  readonly faded?: boolean;
};

export function Row({ children, marked = false, faded = false }: RowProps) {
  return (
    <tr {...ROLES.row} className={classes.row} data-marked={marked || undefined} data-faded={faded || undefined}>
      {children}
    </tr>
  );
}

type CellProps = {
  /** The key of its column. Where the table has no such column, the cell is left out. */
  readonly column: string;
  /** The cell that names the row; on a phone its first line. */
  readonly head?: boolean;
  readonly children?: ReactNode;
};

export function Cell({ column: key, head = false, children }: CellProps) {
  const column = useContext(ColumnsContext).get(key);
  if (!column) return null;
  const shared = {
    "data-label": column.quiet ? "" : column.label,
    "data-numeric": column.numeric || undefined,
    "data-quiet": column.quiet || undefined,
    "data-phone": column.phone,
  };
  if (head) {
    return (
      <th scope="row" {...ROLES.head} className={classes.cell} data-head {...shared}>
        {children}
      </th>
    );
  }
  return (
    <td {...ROLES.cell} className={classes.cell} {...shared}>
      <span className={classes.content}>{children}</span>
    </td>
  );
}
