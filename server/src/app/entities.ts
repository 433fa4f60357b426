import type { Entities } from "../platform/database/orm.ts";
import { OrganizationSchema } from "../organizations/organization.entity.ts";

/** Every table of the product. */
export const entities: Entities = [OrganizationSchema];
