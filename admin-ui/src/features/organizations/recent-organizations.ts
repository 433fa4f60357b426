const KEPT = 5;

export type Recent = { readonly id: string; readonly name: string };

let recent: readonly Recent[] = [];

/** The organizations looked at last, the newest first. In memory only: names of customers stay on no device. */
export const recentOrganizations = (): readonly Recent[] => recent;

export function rememberOrganization(organization: Recent): void {
  recent = [organization, ...recent.filter(({ id }) => id !== organization.id)].slice(0, KEPT);
}
