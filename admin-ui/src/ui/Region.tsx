import { Component, type ReactNode, Suspense, useState } from "react";
import { AttemptContext } from "../lib/query";
import { RegionError } from "./RegionError";
import { CardSkeleton } from "./Skeletons";

type BoundaryProps = {
  readonly fallback: (error: unknown) => ReactNode;
  readonly children: ReactNode;
};

/** Catches what its children throw. Give it a new `key` to try again. */
export class Boundary extends Component<BoundaryProps, { readonly caught: { readonly error: unknown } | null }> {
  override state: { readonly caught: { readonly error: unknown } | null } = { caught: null };

  static getDerivedStateFromError(error: unknown) {
    return { caught: { error } };
  }

  override render() {
    return this.state.caught ? this.props.fallback(this.state.caught.error) : this.props.children;
  }
}

type Props = {
  /** What could not be loaded, in words: "The quotas". */
  readonly name: string;
  /** The shape of what comes, shown meanwhile. */
  readonly skeleton?: ReactNode;
  readonly children: ReactNode;
};

/** A part of a page that loads, and fails, by itself. */
export function Region({ name, skeleton = <CardSkeleton />, children }: Props) {
  const [attempt, setAttempt] = useState(0);
  return (
    <AttemptContext value={attempt}>
      <Boundary
        key={attempt}
        fallback={(error) => <RegionError name={name} error={error} onRetry={() => setAttempt(attempt + 1)} />}
      >
        <Suspense fallback={skeleton}>{children}</Suspense>
      </Boundary>
    </AttemptContext>
  );
}
