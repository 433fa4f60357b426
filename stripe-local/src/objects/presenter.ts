import type { Presenter } from "../http/presenter.ts";
import type { Price } from "./price.ts";

/** A price shows its tiers only when they are asked for. */
export const pricePresenter: Presenter = {
  present(_call, object) {
    if (object.object !== "price" || !("tiers" in object)) return object;
    const { tiers: _tiers, ...shown } = object;
    return shown;
  },
  include(call, object, field) {
    if (object.object !== "price" || field !== "tiers") return undefined;
    return call.store.get<Price>("price", object.id)?.tiers;
  },
};

/** Asks one presenter after the other. */
export const inTurn = (...presenters: readonly Presenter[]): Presenter => ({
  present: (call, object) => presenters.reduce((shown, { present }) => present(call, shown), object),
  include(call, object, field) {
    for (const { include } of presenters) {
      const value = include(call, object, field);
      if (value !== undefined) return value;
    }
    return undefined;
  },
});
