import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import helmet from "helmet";

/**
 * The headers that keep a browser from being turned against its user. They are the same for every
 * answer, so helmet spells them out once, for an answer that is never sent.
 */
export function protectiveHeaders(publicUrl: string): Record<string, string> {
  const isSecure = publicUrl.startsWith("https:");
  const protect = helmet({
    contentSecurityPolicy: { useDefaults: true, directives: contentPolicy(isSecure) },
    strictTransportSecurity: isSecure,
  });
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  protect(request, response, (error) => {
    if (error !== undefined) throw new Error("the protective headers cannot be told", { cause: error });
  });
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
}

const contentPolicy = (isSecure: boolean): Record<string, string[] | null> => ({
  "default-src": ["'self'"],
  "script-src": ["'self'"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:"],
  "connect-src": ["'self'"],
  "frame-ancestors": ["'none'"],
  "upgrade-insecure-requests": isSecure ? [] : null,
});
