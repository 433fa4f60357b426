import { useApolloClient } from "@apollo/client/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { type PlanCode, PreviewPlanChangeDocument, type PreviewPlanChangeMutation } from "../../gql/documents";
import { type Fault, faultOf } from "../../lib/faults";
import type { MoneyValue } from "../../lib/money";

type Answer = PreviewPlanChangeMutation["previewPlanChange"];
export type Preview = Extract<Answer, { __typename: "PlanChangePreview" }>;

export type PlanPreview = {
  /** The newest answer; null until the first came. */
  readonly answer: Answer | null;
  /** What was due by the quote before this one. */
  readonly before: MoneyValue | null;
  readonly isAsking: boolean;
  readonly fault: Fault | null;
  readonly error: unknown;
  /** Asks anew: a quote holds for a while only. */
  readonly ask: () => void;
};

type State = Pick<PlanPreview, "answer" | "before" | "isAsking" | "error">;

const START: State = { answer: null, before: null, isAsking: true, error: null };

/** Asks for the exact amount of a change, once as it is shown. Give its component the plan as its `key`. */
export function usePlanPreview(plan: PlanCode): PlanPreview {
  const client = useApolloClient();
  const [state, setState] = useState(START);
  const asked = useRef(0);

  const send = useCallback(() => {
    const turn = ++asked.current;
    client.mutate({ mutation: PreviewPlanChangeDocument, variables: { input: { plan } } }).then(
      ({ data }) => {
        if (turn !== asked.current || !data) return;
        const answer = data.previewPlanChange;
        setState((known) => ({ answer, before: dueOf(known.answer), isAsking: false, error: null }));
      },
      (error: unknown) => {
        if (turn === asked.current) setState((known) => ({ ...known, isAsking: false, error }));
      },
    );
  }, [client, plan]);

  useEffect(() => {
    send();
    return () => {
      asked.current += 1;
    };
  }, [send]);

  const ask = useCallback(() => {
    setState((known) => ({ ...known, isAsking: true, error: null }));
    send();
  }, [send]);

  return { ...state, fault: state.error === null ? null : faultOf(state.error), ask };
}

const dueOf = (answer: Answer | null): MoneyValue | null =>
  answer?.__typename === "PlanChangePreview" ? answer.dueNow : null;
