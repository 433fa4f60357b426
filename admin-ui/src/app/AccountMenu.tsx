import { useApolloClient } from "@apollo/client/react";
import { Avatar, Menu, UnstyledButton } from "@mantine/core";
import { IconLogout, IconUser } from "@tabler/icons-react";
import { useEffect } from "react";
import { Link } from "react-router";
import { LogOutDocument } from "../gql/documents";
import { useAct } from "../lib/act";
import { useViewer } from "../lib/viewer";
import { toastFault } from "../ui/toasts";

/** Who is logged in, their profile, and the way out. */
export function AccountMenu({ profile }: { readonly profile: string }) {
  const { email } = useViewer();
  const client = useApolloClient();
  const { run, fault } = useAct(LogOutDocument);
  useEffect(() => {
    if (fault) toastFault(fault);
  }, [fault]);

  const logOut = async () => {
    if (!(await run({}))) return;
    await client.clearStore();
    // A full load leaves nothing of the session in memory.
    window.location.assign("/");
  };

  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton aria-label={`Account of ${email}`}>
          <Avatar radius="xl" size={34} color="river" name={email} aria-hidden>
            {email.slice(0, 1).toUpperCase()}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{email}</Menu.Label>
        <Menu.Item component={Link} to={profile} leftSection={<IconUser size={16} aria-hidden />}>
          Profile
        </Menu.Item>
        <Menu.Item onClick={() => void logOut()} leftSection={<IconLogout size={16} aria-hidden />}>
          Log out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
