import type { Scope } from "../platform/scope.ts";
import { ApiKey, ServiceKey } from "./api-key.entity.ts";

/** Keys that ended stay in the list for those who look for them; the oldest drop out. */
const MAX_LISTED = 200;

const newestFirst = { orderBy: { id: "desc" }, limit: MAX_LISTED } as const;

/** An organization's keys, newest first, those that ended too. */
export const listApiKeys = ({ em }: Scope, organizationId: string): Promise<ApiKey[]> =>
  em.find(ApiKey, { organizationId }, newestFirst);

/** Keys of QLP's own services, newest first, those that ended too. For a scope of staff. */
export const listServiceKeys = ({ em }: Scope): Promise<ServiceKey[]> => em.find(ServiceKey, {}, newestFirst);
