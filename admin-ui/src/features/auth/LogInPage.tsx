import { Anchor, Group } from "@mantine/core";
import { Link, Navigate } from "react-router";
import { maybeText, useUrlState } from "../../lib/url-state";
import { useMaybeViewer } from "../../lib/viewer";
import { DoorPage } from "./DoorPage";
import { LogInForm } from "./LogInForm";
import { forgotPasswordUrl, localPath, signUpUrl } from "./urls";
import { useEnter } from "./use-enter";

const URL_SPEC = { next: maybeText() };

/** Lets people in and leads them where they wanted to go, on this site only. */
export function LogInPage() {
  const { view } = useUrlState(URL_SPEC);
  const viewer = useMaybeViewer();
  const enter = useEnter();
  if (viewer) return <Navigate to={localPath(view.next) ?? (viewer.organization ? "/app" : "/console")} replace />;

  return (
    <DoorPage
      title="Log in"
      below={
        <Group justify="space-between">
          <Anchor component={Link} to={forgotPasswordUrl()} size="sm">
            Forgot your password?
          </Anchor>
          <Anchor component={Link} to={signUpUrl()} size="sm">
            New here? Sign up
          </Anchor>
        </Group>
      }
    >
      <LogInForm onLoggedIn={enter} />
    </DoorPage>
  );
}
