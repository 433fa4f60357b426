import type { ReactNode } from "react";
import type { Permission } from "../lib/permissions";
import { useMay } from "../lib/viewer";
import { ForbiddenPage } from "./Dead";

type Props = { readonly permission: Permission; readonly home: string; readonly children: ReactNode };

/** A page behind a permission. */
export function Permit({ permission, home, children }: Props) {
  return useMay(permission) ? children : <ForbiddenPage permission={permission} home={home} />;
}
