import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { Zone } from "./instant";

const KEY = "qlp-time-zone";

type Preferences = { readonly zone: Zone; readonly setZone: (zone: Zone) => void };

const PreferencesContext = createContext<Preferences>({ zone: "local", setZone: () => undefined });

/** What the viewer chose on this device. Colors are kept by Mantine. */
export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [zone, keepZone] = useState<Zone>(() => (readKept() === "UTC" ? "UTC" : "local"));
  const value = useMemo(() => {
    const setZone = (chosen: Zone) => {
      keepZone(chosen);
      keep(chosen);
    };
    return { zone, setZone };
  }, [zone]);
  return <PreferencesContext.Provider value={value}>{children}</PreferencesContext.Provider>;
}

export const usePreferences = (): Preferences => useContext(PreferencesContext);

// Without storage the choice lasts as long as the page.
function readKept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(zone: Zone): void {
  try {
    localStorage.setItem(KEY, zone);
  } catch {
    return;
  }
}
