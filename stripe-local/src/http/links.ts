/** Where the hosted pages are, below the stand-in's own origin. */
export const checkoutUrl = (origin: string, sessionId: string): string => `${origin}/checkout/${sessionId}`;

export const portalUrl = (origin: string, sessionId: string): string => `${origin}/portal/${sessionId}`;

/** The page on which an invoice is shown and paid, and a payment is authenticated. */
export const hostedInvoiceUrl = (origin: string, invoiceId: string): string =>
  `${origin}/invoice/${tokenOf(invoiceId)}`;

export const invoicePdfUrl = (origin: string, invoiceId: string): string =>
  `${hostedInvoiceUrl(origin, invoiceId)}/pdf`;

/** Stands for an invoice in links that go out by mail. */
const tokenOf = (invoiceId: string): string => `test_${Buffer.from(invoiceId).toString("base64url")}`;

/** The invoice behind a link's token; an id that no invoice has when the token is none of ours. */
export const invoiceOfToken = (token: string): string =>
  Buffer.from(token.replace(/^test_/, ""), "base64url").toString();
