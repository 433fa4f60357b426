import type { ComponentType } from "react";
import type { RouteObject } from "react-router";
import type { Permission } from "../lib/permissions";
import { Permit } from "../ui/Permit";

type Options = {
  readonly permission?: Permission;
  /** Where "back to the start" leads from a page that is not for the viewer. */
  readonly home: string;
};

/** A page whose code is fetched when it is opened, behind the permission it needs. */
export function pageRoute(
  path: string,
  { permission, home }: Options,
  load: () => Promise<ComponentType>,
): RouteObject {
  const lazy = async () => {
    const Component = await load();
    if (!permission) return { Component };
    return {
      Component: () => (
        <Permit permission={permission} home={home}>
          <Component />
        </Permit>
      ),
    };
  };
  return path === "" ? { index: true, lazy } : { path, lazy };
}
