export const keysUrl = (): string => "/app/developers/keys";
