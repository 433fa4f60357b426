import { Notice } from "./Notice";

/** Says that the address held something this page does not understand. */
export function IgnoredParameters({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <Notice tone="info">The address has a value that is not known here for {names.join(", ")}; it was left out.</Notice>
  );
}
