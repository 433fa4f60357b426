import { createContext, useContext } from "react";
import type { Permission } from "./permissions";

/** The person at the screen, as the whole app knows them. */
export type Viewer = {
  readonly id: string;
  readonly email: string;
  readonly permissions: ReadonlySet<string>;
  readonly organization: { readonly id: string; readonly name: string } | null;
};

export const ViewerContext = createContext<Viewer | null>(null);

/** The viewer, or null where nobody is logged in. */
export const useMaybeViewer = (): Viewer | null => useContext(ViewerContext);

/** The viewer, in the rooms that only somebody who is logged in can reach. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("this room needs a viewer");
  return viewer;
}

/** Whether the viewer may do something. Gate on this, never on role names. */
export const useMay = (permission: Permission): boolean => useMaybeViewer()?.permissions.has(permission) ?? false;
