import { useParams } from "react-router";
import type { PlanCode } from "../../gql/documents";

const CODES = ["FREE", "STARTER", "PROFESSIONAL", "ENTERPRISE"] as const satisfies readonly PlanCode[];

/** The plan that the address names; null when there is none of that name. */
export function usePlanCode(): PlanCode | null {
  const { code } = useParams();
  return CODES.find((known) => known === code?.toUpperCase()) ?? null;
}
