import { Link } from "react-router";
import classes from "./Brand.module.css";

/** The product's name, which leads home. */
export function Brand({ to }: { readonly to: string }) {
  return (
    <Link to={to} className={classes.brand} aria-label="QLP Monetization, home">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden focusable="false">
        <rect width="32" height="32" rx="8" fill="#1f5f8b" />
        <path d="M9 22V14M16 22V9M23 22V17" stroke="#fff" strokeWidth="4" strokeLinecap="round" />
      </svg>
      QLP
    </Link>
  );
}
