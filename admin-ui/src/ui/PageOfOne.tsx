import { type ComponentProps, type ReactNode, Suspense, useState } from "react";
import { faultOf } from "../lib/faults";
import { AttemptContext } from "../lib/query";
import { NotFoundPage } from "./Dead";
import { Page } from "./Page";
import { Boundary } from "./Region";
import { RegionError } from "./RegionError";
import { PageSkeleton } from "./Skeletons";

type Props = Pick<ComponentProps<typeof Page>, "title" | "trail"> & {
  /** Which one: another is another page. */
  readonly id: string;
  /** What could not be loaded, in words: "The invoice". */
  readonly name: string;
  /** Where one goes on from one that is not there. */
  readonly home: string;
  readonly children: ReactNode;
};

/** A page about one thing whose title comes with it. An id that is nobody's reads like an address that never was. */
export function PageOfOne({ id, name, home, children, ...page }: Props) {
  const [attempt, setAttempt] = useState(0);
  return (
    <AttemptContext value={attempt}>
      <Boundary
        key={`${id} ${attempt}`}
        fallback={(error) =>
          faultOf(error).code === "NOT_FOUND" ? (
            <NotFoundPage home={home} />
          ) : (
            <Page {...page}>
              <RegionError name={name} error={error} onRetry={() => setAttempt(attempt + 1)} />
            </Page>
          )
        }
      >
        <Suspense fallback={<PageSkeleton />}>{children}</Suspense>
      </Boundary>
    </AttemptContext>
  );
}
