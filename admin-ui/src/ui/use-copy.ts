import { useCallback, useEffect, useRef, useState } from "react";

/** Copies a text, and says so for two seconds; a browser that does not let us is not said to have copied. */
export function useCopy(): { isCopied: boolean; copy: (text: string, onCopied?: () => void) => void } {
  const [isCopied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const copy = useCallback((text: string, onCopied?: () => void) => {
    void copyText(text).then((done) => {
      if (!done) return;
      onCopied?.();
      setCopied(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), 2000);
    });
  }, []);

  return { isCopied, copy };
}

/** @returns whether the text is in the clipboard */
async function copyText(text: string): Promise<boolean> {
  // The clipboard exists in secure contexts only, and may be refused there; the old way is left.
  if (!navigator.clipboard) return copySelected(text);
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => copySelected(text),
  );
}

function copySelected(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
