import { KeysPanel } from "../../../features/keys/KeysPanel";
import { Region } from "../../../ui/Region";
import { useOrganizationId } from "./use-organization-id";

/** The customer's keys: what each may and when it was used. No secret is kept that could be shown. */
export function KeysTab() {
  const id = useOrganizationId();
  return (
    <Region name="The API keys">
      <KeysPanel organizationId={id} />
    </Region>
  );
}
