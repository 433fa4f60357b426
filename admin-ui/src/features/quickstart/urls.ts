export const quickstartUrl = (): string => "/app/quickstart";
