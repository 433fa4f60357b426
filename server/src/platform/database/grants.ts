import { GROUP_ROLE, STAFF_ROLE, TENANT_ROLE } from "./policies.ts";

/** Facts that are never edited or deleted: the privilege to do so is not given to anyone. */
const appendOnly = [
  "usage_events",
  "usage_voids",
  "rating_adjustments",
  "audit_entries",
  "plan_versions",
  "plan_spells",
];

/** Tables that only staff and the platform see: row-level security hides their rows, this the tables. */
const platformOnly = [
  "passwords",
  "sessions",
  "service_keys",
  "mails",
  "sandbox_clock",
  "password_resets",
  "demo_seed",
  "billing_runs",
  "stripe_owners",
  "stripe_prices",
  "stripe_inbox",
  "stripe_leases",
  "stripe_repair",
  "alarms",
  "proof_reports",
];

/** Tables that tenants read as far as their policies let them, and only the platform writes. */
const readOnly = ["plan_versions", "users"];

/** Tables that tenants drop rows into and never read. */
const letterBoxes = ["mails"];

/** Jobs that wait for strangers' servers, which nobody may be made to wait for. */
const forStrangers = ["webhook.deliver", "webhook.deliverSlowly"];

const list = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(", ");

/** The privileges of the API's roles, set anew after each migration. */
export const grants: string = `
DO $grants$
DECLARE t record;
BEGIN
  EXECUTE 'GRANT USAGE ON SCHEMA public TO ${TENANT_ROLE}, ${GROUP_ROLE}, ${STAFF_ROLE}';
  FOR t IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'mikro_orm%' LOOP
    EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, ${TENANT_ROLE}, ${GROUP_ROLE}, ${STAFF_ROLE}', t.name);
    EXECUTE format('GRANT SELECT, INSERT ON public.%I TO ${STAFF_ROLE}', t.name);
    IF t.name NOT IN (${list(appendOnly)}) THEN
      EXECUTE format('GRANT UPDATE, DELETE ON public.%I TO ${STAFF_ROLE}', t.name);
    END IF;
    IF t.name NOT IN (${list(platformOnly)}) THEN
      EXECUTE format('GRANT SELECT ON public.%I TO ${TENANT_ROLE}, ${GROUP_ROLE}', t.name);
      IF t.name NOT IN (${list(readOnly)}) THEN
        EXECUTE format('GRANT INSERT ON public.%I TO ${TENANT_ROLE}, ${GROUP_ROLE}', t.name);
        IF t.name NOT IN (${list(appendOnly)}) THEN
          EXECUTE format('GRANT UPDATE, DELETE ON public.%I TO ${TENANT_ROLE}, ${GROUP_ROLE}', t.name);
        END IF;
      END IF;
    END IF;
    IF t.name IN (${list(letterBoxes)}) THEN
      EXECUTE format('GRANT INSERT ON public.%I TO ${TENANT_ROLE}, ${GROUP_ROLE}', t.name);
    END IF;
  END LOOP;
END
$grants$;

DROP FUNCTION IF EXISTS public.qlp_enqueue(text, json, text, timestamptz);
CREATE OR REPLACE FUNCTION public.qlp_enqueue(task text, payload json, job_key text, run_at timestamptz, queue text DEFAULT NULL) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = graphile_worker, pg_temp
  AS $enqueue$ SELECT graphile_worker.add_job(task, payload, queue_name => queue, run_at => coalesce(run_at, now()), job_key => job_key) $enqueue$;
REVOKE ALL ON FUNCTION public.qlp_enqueue(text, json, text, timestamptz, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.qlp_enqueue(text, json, text, timestamptz, text) TO ${TENANT_ROLE}, ${GROUP_ROLE}, ${STAFF_ROLE};

CREATE OR REPLACE FUNCTION public.qlp_jobs_due() RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = graphile_worker, pg_temp
  AS $due$ SELECT count(*) FROM graphile_worker.jobs WHERE run_at <= clock_timestamp() AND attempts < max_attempts
    AND task_identifier NOT IN (${list(forStrangers)}) $due$;
REVOKE ALL ON FUNCTION public.qlp_jobs_due() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.qlp_jobs_due() TO ${STAFF_ROLE};
`;
