import { useEffect } from "react";
import { useBlocker } from "react-router";
import { ConfirmDialog } from "../../ui/ConfirmDialog";

type Props = {
  /** True while something typed would be lost. Asked at the moment of leaving. */
  readonly isDirty: () => boolean;
  /** What would be lost: "The version is not published." */
  readonly children: string;
};

/** Asks before a form with unsaved text is left for another page, or closed with the browser's tab. */
export function LeaveGuard({ isDirty, children }: Props) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty() && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (isDirty()) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isDirty]);

  return (
    <ConfirmDialog
      opened={blocker.state === "blocked"}
      onClose={() => blocker.reset?.()}
      title="Leave this page"
      verb="Leave"
      onConfirm={() => blocker.proceed?.()}
      isRunning={false}
    >
      {children}
    </ConfirmDialog>
  );
}
