/**
 * The operations that the stand-in serves, each with the parameters that have an effect here. The rest of what Stripe
 * knows is refused by name, so that nothing is silently ignored.
 *
 * `expand` and the parameters of paging go without saying. "a.b" serves only `b` inside `a`, "a" all of it.
 */
export const served: Readonly<Record<string, string>> = {
  "GET /v1/customers": "created email",
  "POST /v1/customers":
    "address description email invoice_prefix invoice_settings.default_payment_method invoice_settings.footer metadata name next_invoice_sequence payment_method phone preferred_locales shipping tax_exempt",
  "GET /v1/customers/{id}": "",
  "POST /v1/customers/{id}":
    "address description email invoice_prefix invoice_settings.default_payment_method invoice_settings.footer metadata name next_invoice_sequence phone preferred_locales shipping tax_exempt",
  "DELETE /v1/customers/{id}": "",
  "GET /v1/customers/{id}/payment_methods": "type",
  "GET /v1/customers/{customerId}/payment_methods/{id}": "",
  "GET /v1/customers/{id}/balance_transactions": "created invoice",
  "POST /v1/customers/{id}/balance_transactions": "amount currency description metadata",
  "GET /v1/customers/{customerId}/balance_transactions/{id}": "",

  "GET /v1/payment_methods": "customer type",
  "POST /v1/payment_methods": "billing_details card metadata type",
  "GET /v1/payment_methods/{id}": "",
  "POST /v1/payment_methods/{id}": "billing_details card metadata",
  "POST /v1/payment_methods/{id}/attach": "customer",
  "POST /v1/payment_methods/{id}/detach": "",

  "GET /v1/products": "active created ids",
  "POST /v1/products":
    "active description id images marketing_features metadata name shippable statement_descriptor tax_code type unit_label url default_price_data.currency default_price_data.recurring default_price_data.unit_amount default_price_data.unit_amount_decimal default_price_data.metadata",
  "GET /v1/products/{id}": "",
  "POST /v1/products/{id}":
    "active default_price description images marketing_features metadata name shippable statement_descriptor tax_code unit_label url",
  "DELETE /v1/products/{id}": "",

  "GET /v1/prices": "active created currency lookup_keys product recurring type",
  "POST /v1/prices":
    "active billing_scheme currency lookup_key metadata nickname product product_data recurring tax_behavior tiers tiers_mode transfer_lookup_key transform_quantity unit_amount unit_amount_decimal",
  "GET /v1/prices/{id}": "",
  "POST /v1/prices/{id}": "active lookup_key metadata nickname tax_behavior transfer_lookup_key",

  "GET /v1/events": "created delivery_success type types",
  "GET /v1/events/{id}": "",

  "GET /v1/webhook_endpoints": "",
  "POST /v1/webhook_endpoints": "api_version description enabled_events metadata url",
  "GET /v1/webhook_endpoints/{id}": "",
  "POST /v1/webhook_endpoints/{id}": "description disabled enabled_events metadata url",
  "DELETE /v1/webhook_endpoints/{id}": "",

  "GET /v1/billing/meters": "status",
  "POST /v1/billing/meters": "customer_mapping default_aggregation display_name event_name value_settings",
  "GET /v1/billing/meters/{id}": "",
  "POST /v1/billing/meters/{id}": "display_name",
  "POST /v1/billing/meters/{id}/deactivate": "",
  "POST /v1/billing/meters/{id}/reactivate": "",
  "GET /v1/billing/meters/{id}/event_summaries": "customer end_time start_time value_grouping_window",
  "POST /v1/billing/meter_events": "event_name identifier payload timestamp",

  "GET /v1/billing_portal/configurations": "active is_default",
  "POST /v1/billing_portal/configurations":
    "business_profile default_return_url features metadata name login_page.enabled",
  "GET /v1/billing_portal/configurations/{id}": "",
  "POST /v1/billing_portal/configurations/{id}": "active business_profile default_return_url features metadata name",
  "POST /v1/billing_portal/sessions":
    "configuration customer flow_data.subscription_cancel.subscription flow_data.type locale return_url",

  "GET /v1/checkout/sessions": "created customer status subscription",
  "POST /v1/checkout/sessions":
    "cancel_url client_reference_id currency customer customer_email expires_at line_items.price line_items.price_data line_items.quantity locale metadata mode payment_method_collection setup_intent_data.metadata setup_intent_data.description subscription_data.billing_cycle_anchor subscription_data.billing_mode subscription_data.description subscription_data.metadata subscription_data.proration_behavior subscription_data.trial_end subscription_data.trial_period_days subscription_data.trial_settings success_url ui_mode",
  "GET /v1/checkout/sessions/{id}": "",
  "POST /v1/checkout/sessions/{id}/expire": "",
  "GET /v1/checkout/sessions/{id}/line_items": "",

  "GET /v1/setup_intents/{id}": "",

  "GET /v1/subscriptions": "collection_method created current_period_end current_period_start customer price status",
  "POST /v1/subscriptions":
    "backdate_start_date billing_cycle_anchor billing_mode cancel_at cancel_at_period_end collection_method currency customer days_until_due default_payment_method description items.metadata items.price items.price_data items.quantity metadata off_session payment_behavior payment_settings.save_default_payment_method proration_behavior trial_end trial_period_days trial_settings",
  "GET /v1/subscriptions/{id}": "",
  "POST /v1/subscriptions/{id}":
    "billing_cycle_anchor cancel_at cancel_at_period_end cancellation_details collection_method days_until_due default_payment_method description items.deleted items.id items.metadata items.price items.price_data items.quantity metadata off_session pause_collection payment_behavior payment_settings.save_default_payment_method proration_behavior proration_date trial_end trial_settings",
  "DELETE /v1/subscriptions/{id}": "cancellation_details invoice_now prorate",
  "POST /v1/subscriptions/{id}/pause": "bill_for invoicing_behavior type",
  "POST /v1/subscriptions/{id}/resume": "billing_cycle_anchor payment_behavior proration_behavior proration_date",
  "GET /v1/subscription_items": "subscription",

  "GET /v1/subscription_schedules": "created customer",
  "POST /v1/subscription_schedules": "end_behavior from_subscription metadata",
  "GET /v1/subscription_schedules/{id}": "",
  "POST /v1/subscription_schedules/{id}":
    "end_behavior metadata phases.default_payment_method phases.description phases.duration phases.end_date phases.items.metadata phases.items.price phases.items.price_data phases.items.quantity phases.metadata phases.proration_behavior phases.start_date proration_behavior",
  "POST /v1/subscription_schedules/{id}/cancel": "invoice_now prorate",
  "POST /v1/subscription_schedules/{id}/release": "",

  "GET /v1/invoices": "collection_method created customer due_date status subscription",
  "POST /v1/invoices":
    "auto_advance automatically_finalizes_at collection_method currency customer days_until_due default_payment_method description due_date footer metadata pending_invoice_items_behavior subscription",
  "POST /v1/invoices/create_preview":
    "currency customer invoice_items.amount invoice_items.currency invoice_items.description invoice_items.discountable invoice_items.metadata invoice_items.period invoice_items.price_data invoice_items.quantity invoice_items.quantity_decimal invoice_items.unit_amount_decimal preview_mode subscription subscription_details.billing_cycle_anchor subscription_details.cancel_at subscription_details.cancel_at_period_end subscription_details.cancel_now subscription_details.items.deleted subscription_details.items.id subscription_details.items.metadata subscription_details.items.price subscription_details.items.price_data subscription_details.items.quantity subscription_details.metadata subscription_details.proration_behavior subscription_details.proration_date subscription_details.trial_end",
  "GET /v1/invoices/{id}": "",
  "POST /v1/invoices/{id}":
    "auto_advance automatically_finalizes_at collection_method days_until_due default_payment_method description due_date footer metadata",
  "DELETE /v1/invoices/{id}": "",
  "POST /v1/invoices/{id}/add_lines":
    "lines.amount lines.description lines.discountable lines.metadata lines.period lines.price_data lines.pricing lines.quantity lines.quantity_decimal invoice_metadata",
  "POST /v1/invoices/{id}/finalize": "auto_advance",
  "GET /v1/invoices/{id}/lines": "",
  "POST /v1/invoices/{id}/mark_uncollectible": "",
  "POST /v1/invoices/{id}/pay": "off_session paid_out_of_band payment_method",
  "POST /v1/invoices/{id}/send": "",
  "POST /v1/invoices/{id}/void": "",

  "GET /v1/invoiceitems": "created customer invoice pending",
  "POST /v1/invoiceitems":
    "amount currency customer description invoice metadata period price_data pricing quantity quantity_decimal subscription unit_amount_decimal",
  "GET /v1/invoiceitems/{id}": "",
  "POST /v1/invoiceitems/{id}":
    "amount description metadata period price_data pricing quantity quantity_decimal unit_amount_decimal",
  "DELETE /v1/invoiceitems/{id}": "",
  "GET /v1/invoice_payments": "created invoice payment status",
  "GET /v1/invoice_payments/{id}": "",

  "GET /v1/payment_intents": "created customer",
  "GET /v1/payment_intents/{id}": "",
  "GET /v1/charges": "created customer payment_intent",
  "GET /v1/charges/{id}": "",
  "GET /v1/refunds": "charge created payment_intent",
  "POST /v1/refunds": "amount charge metadata payment_intent reason",
  "GET /v1/refunds/{id}": "",
  "POST /v1/refunds/{id}": "metadata",
  "GET /v1/disputes": "charge created payment_intent",
  "GET /v1/disputes/{id}": "",
  "POST /v1/disputes/{id}/close": "",

  "GET /v1/credit_notes": "created customer invoice",
  "POST /v1/credit_notes":
    "amount credit_amount effective_at email_type invoice lines.amount lines.description lines.invoice_line_item lines.metadata lines.quantity lines.type lines.unit_amount lines.unit_amount_decimal memo metadata out_of_band_amount reason refund_amount refunds.amount_refunded refunds.refund refunds.type",
  "GET /v1/credit_notes/preview":
    "amount credit_amount effective_at email_type invoice lines.amount lines.description lines.invoice_line_item lines.metadata lines.quantity lines.type lines.unit_amount lines.unit_amount_decimal memo metadata out_of_band_amount reason refund_amount refunds.amount_refunded refunds.refund refunds.type",
  "GET /v1/credit_notes/preview/lines":
    "amount credit_amount effective_at email_type invoice lines.amount lines.description lines.invoice_line_item lines.metadata lines.quantity lines.type lines.unit_amount lines.unit_amount_decimal memo metadata out_of_band_amount reason refund_amount refunds.amount_refunded refunds.refund refunds.type",
  "GET /v1/credit_notes/{id}": "",
  "POST /v1/credit_notes/{id}": "memo metadata",
  "GET /v1/credit_notes/{id}/lines": "",
  "POST /v1/credit_notes/{id}/void": "",
};
