import { notifications } from "@mantine/notifications";
import { IconCheck, IconX } from "@tabler/icons-react";
import type { Fault } from "../lib/faults";

const CLOSE = { "aria-label": "Close the message" };

/** Says what happened where the person does not look. */
export function toastDone(message: string): void {
  notifications.show({
    message,
    color: "teal",
    icon: <IconCheck size={16} aria-hidden />,
    role: "status",
    autoClose: 6000,
    closeButtonProps: CLOSE,
  });
}

/** Says what went wrong; stays until it is closed. Never the only place that says so. */
export function toastFault(fault: Fault): void {
  notifications.show({
    title: fault.message,
    message: fault.requestId ? `Request ${fault.requestId}` : "",
    color: "red",
    icon: <IconX size={16} aria-hidden />,
    role: "alert",
    autoClose: false,
    closeButtonProps: CLOSE,
  });
}
