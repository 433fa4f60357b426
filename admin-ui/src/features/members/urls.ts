export const membersUrl = (): string => "/app/settings/members";
