import { useQuery } from "@apollo/client/react";
import { Button, Combobox, Text, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { OrganizationPickerDocument } from "../../gql/documents";
import { recentOrganizations } from "./recent-organizations";

type Props = {
  /** What the button says: "Switch organization". */
  readonly label: string;
  readonly onPick: (id: string) => void;
  /** The one that is shown already, which is not offered. */
  readonly without?: string;
};

/** A button that opens a search for an organization, with those looked at last above it. */
export function OrganizationPicker({ label, onPick, without }: Props) {
  const [search, setSearch] = useState("");
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      combobox.focusTarget();
      setSearch("");
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  return (
    <Combobox
      store={combobox}
      width={300}
      position="bottom-end"
      onOptionSubmit={(id) => {
        combobox.closeDropdown();
        onPick(id);
      }}
    >
      <Combobox.Target targetType="button">
        <Button
          variant="default"
          size="xs"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          onClick={() => combobox.toggleDropdown()}
        >
          {label}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          placeholder="Name, or a whole id"
          aria-label="Search organizations"
        />
        {combobox.dropdownOpened && <Options search={search.trim()} without={without} />}
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Options({ search, without }: { search: string; without: string | undefined }) {
  const [asked] = useDebouncedValue(search, 150);
  const { data, previousData, error } = useQuery(OrganizationPickerDocument, { variables: { search: asked } });
  const found = (data ?? previousData)?.organizations.nodes.filter(({ id }) => id !== without);
  const recent = search === "" ? recentOrganizations().filter(({ id }) => id !== without) : [];
  const known = new Set(recent.map(({ id }) => id));
  const others = found?.filter(({ id }) => !known.has(id)) ?? [];

  return (
    <Combobox.Options mah={320} style={{ overflowY: "auto" }}>
      {recent.length > 0 && (
        <Combobox.Group label="Looked at last">
          {recent.map(({ id, name }) => (
            <Combobox.Option key={id} value={id}>
              {name}
            </Combobox.Option>
          ))}
        </Combobox.Group>
      )}
      {others.length > 0 && (
        <Combobox.Group label={search === "" ? "All, by name" : "Found"}>
          {others.map(({ id, name, subscription }) => (
            <Combobox.Option key={id} value={id}>
              {name}{" "}
              <Text span size="xs" c="dimmed">
                {subscription.plan.name}
              </Text>
            </Combobox.Option>
          ))}
        </Combobox.Group>
      )}
      {error && <Combobox.Empty>The organizations could not be loaded.</Combobox.Empty>}
      {!error && found?.length === 0 && <Combobox.Empty>No organization matches.</Combobox.Empty>}
    </Combobox.Options>
  );
}
