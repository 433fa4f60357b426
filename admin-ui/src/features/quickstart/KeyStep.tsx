import { Stack, Text } from "@mantine/core";
import { QuickstartKeyDocument, QuickstartPageDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { holdersOf } from "../../lib/permissions";
import { useRegionQuery } from "../../lib/query";
import { plural } from "../../lib/quantity";
import { useMay, useViewer } from "../../lib/viewer";
import { CopyField } from "../../ui/CopyField";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice, Notice } from "../../ui/Notice";
import { Step } from "./Step";

type Props = { readonly secret: string | null; readonly onSecret: (secret: string) => void };

/** Makes a key that may only send usage, in place. */
export function KeyStep({ secret, onSecret }: Props) {
  const seesKeys = useMay("keys:read");
  const mayCreate = useMay("keys:write");
  const { data } = useRegionQuery(QuickstartPageDocument, { seesKeys });
  const { run, isRunning, fault } = useAct(QuickstartKeyDocument, { refetch: ["QuickstartPage"] });
  const known = data.organization.apiKeys?.filter(({ revokedAt }) => revokedAt === null).length ?? 0;

  const create = async () => {
    const answer = await run({ input: { name: "Quickstart", scopes: ["usage:write"], expiresAt: null } });
    if (answer?.createApiKey.__typename === "CreatedApiKey") onSecret(answer.createApiKey.secret);
  };

  return (
    <Step number={1} title="A key" isDone={secret !== null || known > 0}>
      <Stack gap="md">
        {secret === null ? (
          <>
            <Text>
              {known > 0
                ? `Your organization has ${plural(known, "key")} in use. Make one for this page, or put one you have into QLP_API_KEY.`
                : "A key that may send usage and nothing else."}
            </Text>
            <div>
              <MayButton permission="keys:write" onClick={() => void create()} loading={isRunning}>
                Create the key
              </MayButton>
            </div>
            {!mayCreate && <AskForKey />}
          </>
        ) : (
          <>
            <Notice tone="warn">
              Every snippet below holds this secret. It cannot be shown again after you leave the page.
            </Notice>
            <CopyField label="Secret" value={secret} />
          </>
        )}
        <FaultNotice fault={fault} />
      </Stack>
    </Step>
  );
}

function AskForKey() {
  const { organization } = useViewer();
  return (
    <>
      <Text size="sm">Keys are made by {holdersOf("keys:write")}. You can send one of them this:</Text>
      <CopyField
        label="Request"
        value={`Please create an API key for ${organization?.name ?? "us"} that may send usage: ${window.location.origin}/app/developers/keys`}
      />
    </>
  );
}
