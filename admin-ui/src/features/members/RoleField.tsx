import { Radio, Stack } from "@mantine/core";
import { asMemberRole, MEMBER_ROLES, type MemberRole, ROLES } from "../../lib/roles";

type Props = {
  readonly label: string;
  readonly value: MemberRole;
  readonly onChange: (role: MemberRole) => void;
  readonly error?: string | null;
};

/** Roles by what they may. */
export function RoleField({ label, value, onChange, error = null }: Props) {
  return (
    <Radio.Group label={label} value={value} onChange={(role) => onChange(asMemberRole(role))} error={error}>
      <Stack gap="xs" mt={6} mb={error ? 6 : 0}>
        {MEMBER_ROLES.map((role) => (
          <Radio key={role} value={role} label={ROLES[role].label} description={sentence(ROLES[role].may)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
