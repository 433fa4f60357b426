import { Stack } from "@mantine/core";
import { RunProofDocument } from "../../gql/documents";
import { useAct } from "../../lib/act";
import { MayButton } from "../../ui/MayButton";
import { FaultNotice } from "../../ui/Notice";
import { toastDone } from "../../ui/toasts";
import { proofSentence } from "./proof-words";

/** Proves everything now. Nothing is changed by it, so nothing is asked first. */
export function RunProof() {
  const { run, isRunning, fault } = useAct(RunProofDocument, {
    refetch: ["LatestProof", "ProofReports", "HomeBilling", "HomeAlarms"],
  });
  const prove = async () => {
    const answer = (await run({}))?.runProof;
    if (answer) toastDone(proofSentence(answer));
  };
  return (
    <Stack gap="xs" align="flex-end">
      <MayButton permission="staff:money" loading={isRunning} onClick={() => void prove()}>
        Prove now
      </MayButton>
      <FaultNotice fault={fault} />
    </Stack>
  );
}
