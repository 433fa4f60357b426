import { Drawer } from "@mantine/core";
import { type ReactNode, useState } from "react";

type Props = {
  /** What the URL says is open. */
  readonly open: string | null;
  readonly onClose: () => void;
  readonly title: string;
  /** For a table. */
  readonly wide?: boolean;
  readonly children: (open: string) => ReactNode;
};

/** A look at one thing beside its list. While it closes it still shows what it showed. */
export function UrlDrawer({ open, onClose, title, wide = false, children }: Props) {
  const [shown, setShown] = useState(open);
  if (open !== null && open !== shown) setShown(open);
  return (
    <Drawer
      opened={open !== null}
      onClose={onClose}
      title={title}
      position="right"
      size={wide ? "xl" : "lg"}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {shown !== null && children(shown)}
    </Drawer>
  );
}
