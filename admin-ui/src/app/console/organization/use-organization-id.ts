import { useParams } from "react-router";

/** The organization that the address names. */
export function useOrganizationId(): string {
  const { id } = useParams();
  if (!id) throw new Error("this room belongs to one organization");
  return id;
}
