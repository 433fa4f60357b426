import type { FastifyInstance } from "fastify";
import type { Api } from "../http/api.ts";
import type { Actions } from "./actions.ts";
import { addAuthenticatePage } from "./authenticate-page.ts";
import { addCheckoutPage } from "./checkout-page.ts";
import { doorOf } from "./door.ts";
import { addInvoicePage } from "./invoice-page.ts";
import { addPortalPage } from "./portal-page.ts";
import { messagePage } from "./layout.ts";
import { stylesheet } from "./style.ts";

type Options = { readonly api: Api; readonly actions: Actions; readonly catchUp: () => void };

/** Adds the pages that people see: Checkout, the portal, invoices and the bank's approval. */
export function addPages(server: FastifyInstance, { api, actions, catchUp }: Options): void {
  const door = doorOf(server, api, catchUp);
  addCheckoutPage(door, actions);
  addPortalPage(door, actions);
  addInvoicePage(door, actions);
  addAuthenticatePage(door, actions);
  const welcome = "It speaks Stripe's API to the product, and has pages for Checkout, the billing portal and invoices.";
  door.get("/", () => ({ markup: messagePage("stripe-local, a stand-in for Stripe", welcome) }));
  server.get("/hosted.css", (_request, reply) =>
    reply.type("text/css").header("cache-control", "no-cache").send(stylesheet),
  );
}
