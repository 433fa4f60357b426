import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { InvoiceActs_InvoiceFragmentDoc, type InvoiceActs_InvoiceFragment } from "../../gql/documents";
import { useMay } from "../../lib/viewer";
import { MayButton } from "../../ui/MayButton";
import { useLast } from "../../ui/use-last";
import { ACTS, type InvoiceAct, possibleActs } from "./invoice-acts";
import { PlainActDialog } from "./PlainActDialog";
import { RefundDialog } from "./RefundDialog";
import { creditInvoiceUrl } from "./urls";

type Props = { readonly invoice: FragmentType<InvoiceActs_InvoiceFragment> };

/** What staff can do with a bill as it stands: the most likely as a button, the others behind it. */
export function InvoiceActsMenu({ invoice: from }: Props) {
  const { data: invoice, complete } = useFragment({ fragment: InvoiceActs_InvoiceFragmentDoc, from });
  const may = useMay("staff:money");
  const navigate = useNavigate();
  const [open, setOpen] = useState<Exclude<InvoiceAct, "credit"> | null>(null);
  const plain = useLast(open === "refund" ? null : open);
  if (!complete) return null;
  const [first, ...others] = possibleActs(invoice);
  if (first === undefined) return null;
  const { id, organization } = invoice;
  const start = (act: InvoiceAct) => (act === "credit" ? void navigate(creditInvoiceUrl(id)) : setOpen(act));
  const target = { id, organizationId: organization.id, onClose: () => setOpen(null) };

  return (
    <>
      <MayButton permission="staff:money" onClick={() => start(first)}>
        {ACTS[first].label}
      </MayButton>
      {may && others.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
              More
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((act) => (
              <Menu.Item
                key={act}
                onClick={() => start(act)}
                {...(ACTS[act].dangerous ? { color: "var(--qlp-bad)" } : {})}
              >
                {ACTS[act].label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {plain !== null && <PlainActDialog key={plain} {...target} opened={open === plain} act={plain} />}
      <RefundDialog {...target} opened={open === "refund"} />
    </>
  );
}
