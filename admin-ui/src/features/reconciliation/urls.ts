/** The reports of all proofs; `open` shows one. */
export const reconciliationUrl = (view: { open?: string } = {}): string =>
  view.open === undefined
    ? "/console/money/reconciliation"
    : `/console/money/reconciliation?${new URLSearchParams(view).toString()}`;
