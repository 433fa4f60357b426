import { Button, Group } from "@mantine/core";
import { Suspense } from "react";
import { Link } from "react-router";
import { PortalBannerDocument } from "../../gql/documents";
import { useTick } from "../../lib/clock";
import { useRegionQuery } from "../../lib/query";
import { useMay } from "../../lib/viewer";
import { Notice } from "../../ui/Notice";
import { Boundary } from "../../ui/Region";
import { type Banner, bannerOf } from "./banner";
import classes from "./PortalBanner.module.css";

/** The one thing that matters most, over every page. Without it the pages still work. */
export function PortalBanner() {
  return (
    <Boundary fallback={() => null}>
      <Suspense>
        <Foremost />
      </Suspense>
    </Boundary>
  );
}

function Foremost() {
  const now = useTick(60_000);
  const variables = { seesPlan: useMay("billing:read"), seesUsage: useMay("usage:read") };
  const { data } = useRegionQuery(PortalBannerDocument, variables, { pollMs: 30_000 });
  const banner = bannerOf(data.organization, now);
  if (!banner) return null;
  return (
    <div className={`${classes.banner} qlp-no-print`}>
      <Notice tone={banner.tone} title={banner.title}>
        <Group justify="space-between" gap="sm">
          <span className={classes.text}>{banner.text}</span>
          {banner.act && <WayOut act={banner.act} isUrgent={banner.tone === "bad"} />}
        </Group>
      </Notice>
    </div>
  );
}

function WayOut({ act, isUrgent }: { act: NonNullable<Banner["act"]>; isUrgent: boolean }) {
  const look = { size: "xs", variant: isUrgent ? "filled" : "default" } as const;
  return "href" in act ? (
    <Button component="a" href={act.href} {...look}>
      {act.label}
    </Button>
  ) : (
    <Button component={Link} to={act.to} {...look}>
      {act.label}
    </Button>
  );
}
