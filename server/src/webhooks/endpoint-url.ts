import { publicAddresses, type Resolve, TargetNotPublic } from "../platform/http/public-target.ts";
import { WebhookUrlRefused } from "./webhook.refusals.ts";

const MAX_LENGTH = 2_048;
const HTTPS_PORT = 443;
/** Below are the ports of other services, such as mail, which must not be spoken to in their users' name. */
const FIRST_FREE_PORT = 1_024;

/** An instance in development may send to itself, and without encryption. */
type Rules = { readonly allowLoopback: boolean; readonly resolve?: Resolve };

/**
 * The address that an endpoint is saved under: https, without credentials, at the usual port or one
 * above 1023, and leading to the public internet with all that the DNS says now.
 *
 * @throws WebhookUrlRefused saying which of these it is not
 */
export async function readEndpointUrl(text: string, rules: Rules): Promise<string> {
  const url = parseEndpointUrl(text.trim(), rules);
  try {
    await publicAddresses(url.hostname, rules);
  } catch (error) {
    if (error instanceof TargetNotPublic) throw new WebhookUrlRefused(error.message);
    throw error;
  }
  return url.href;
}

/** What can be told of an address without asking anybody. @throws WebhookUrlRefused */
export function parseEndpointUrl(text: string, { allowLoopback }: Rules): URL {
  const url = text.length <= MAX_LENGTH ? URL.parse(text) : null;
  if (!url)
    throw new WebhookUrlRefused(`A URL such as https://example.com/hooks, of at most ${MAX_LENGTH} characters.`);
  if (url.protocol !== "https:" && !(allowLoopback && url.protocol === "http:"))
    throw new WebhookUrlRefused("The URL must begin with https://.");
  if (url.username !== "" || url.password !== "")
    throw new WebhookUrlRefused("The URL must not hold a user name or password: messages are signed instead.");
  if (url.hash !== "") throw new WebhookUrlRefused("The URL must not have a fragment (#...): it is never sent.");
  const port = url.port === "" ? HTTPS_PORT : Number(url.port);
  if (port !== HTTPS_PORT && port < FIRST_FREE_PORT)
    throw new WebhookUrlRefused(`The port must be ${HTTPS_PORT} or at least ${FIRST_FREE_PORT}.`);
  return url;
}
