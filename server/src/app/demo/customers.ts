import type { PlanCode } from "../../catalog/plan-terms.ts";

/** A customer of the demo world. */
export type DemoCustomer = {
  readonly name: string;
  readonly slug: string;
  /** Days before the seeding that it signed up. */
  readonly ageDays: number;
  readonly plan: PlanCode;
  /** Agreed price a month; the plan's own when left out. */
  readonly price?: string;
  /** Generations a month. Above the plan's allowance it pays overage, or stands at its limit on Free. */
  readonly generations: number;
  readonly trial?: "running" | "over";
  readonly storageGb: number;
};

/** Some thirty customers over all plans: steady ones, growing ones, some near their limits, some past them, some trying. */
export const demoCustomers: readonly DemoCustomer[] = [
  { name: "Acme Robotics", slug: "acme", ageDays: 81, plan: "starter", generations: 138, storageGb: 12 },
  { name: "Northwind Traders", slug: "northwind", ageDays: 88, plan: "professional", generations: 930, storageGb: 64 },
  {
    name: "Globex Corporation",
    slug: "globex",
    ageDays: 91,
    plan: "enterprise",
    price: "4800.00",
    generations: 2_900,
    storageGb: 420,
  },
  { name: "Initech", slug: "initech", ageDays: 74, plan: "starter", generations: 96, storageGb: 8 },
  { name: "Umbrella Labs", slug: "umbrella", ageDays: 90, plan: "professional", generations: 1_420, storageGb: 131 },
  {
    name: "Hooli",
    slug: "hooli",
    ageDays: 89,
    plan: "enterprise",
    price: "6250.00",
    generations: 3_400,
    storageGb: 910,
  },
  { name: "Pied Piper", slug: "piedpiper", ageDays: 62, plan: "starter", generations: 171, storageGb: 15 },
  { name: "Stark Fabrication", slug: "stark", ageDays: 85, plan: "professional", generations: 780, storageGb: 71 },
  {
    name: "Wayne Software",
    slug: "wayne",
    ageDays: 90,
    plan: "enterprise",
    price: "2499.00",
    generations: 1_650,
    storageGb: 260,
  },
  { name: "Tyrell Systems", slug: "tyrell", ageDays: 47, plan: "professional", generations: 1_010, storageGb: 99 },
  { name: "Cyberdyne Tools", slug: "cyberdyne", ageDays: 70, plan: "starter", generations: 88, storageGb: 4 },
  { name: "Soylent Data", slug: "soylent", ageDays: 33, plan: "starter", generations: 44, storageGb: 3 },
  { name: "Massive Dynamic", slug: "massive", ageDays: 83, plan: "professional", generations: 640, storageGb: 48 },
  { name: "Wonka Interactive", slug: "wonka", ageDays: 78, plan: "starter", generations: 109, storageGb: 9 },
  {
    name: "Gringotts Ledger",
    slug: "gringotts",
    ageDays: 86,
    plan: "professional",
    generations: 1_180,
    storageGb: 104,
  },
  { name: "Oceanic Freight", slug: "oceanic", ageDays: 58, plan: "starter", generations: 99, storageGb: 10 },
  { name: "Duff Analytics", slug: "duff", ageDays: 40, plan: "free", generations: 9, storageGb: 1 },
  { name: "Bluth Homes", slug: "bluth", ageDays: 66, plan: "free", generations: 14, storageGb: 1 },
  { name: "Dunder Paper", slug: "dunder", ageDays: 77, plan: "free", generations: 4, storageGb: 0 },
  { name: "Vandelay Imports", slug: "vandelay", ageDays: 21, plan: "free", generations: 10, storageGb: 0 },
  { name: "Prestige Worldwide", slug: "prestige", ageDays: 15, plan: "free", generations: 2, storageGb: 0 },
  { name: "Sirius Cybernetics", slug: "sirius", ageDays: 52, plan: "free", generations: 22, storageGb: 1 },
  { name: "Los Pollos Digital", slug: "pollos", ageDays: 29, plan: "free", generations: 8, storageGb: 0 },
  {
    name: "Aperture Science",
    slug: "aperture",
    ageDays: 4,
    plan: "professional",
    trial: "running",
    generations: 160,
    storageGb: 22,
  },
  {
    name: "Black Mesa Research",
    slug: "blackmesa",
    ageDays: 9,
    plan: "professional",
    trial: "running",
    generations: 310,
    storageGb: 35,
  },
  {
    name: "Weyland Logistics",
    slug: "weyland",
    ageDays: 12,
    plan: "starter",
    trial: "running",
    generations: 120,
    storageGb: 7,
  },
  {
    name: "Zorg Manufacturing",
    slug: "zorg",
    ageDays: 1,
    plan: "starter",
    trial: "running",
    generations: 30,
    storageGb: 2,
  },
  {
    name: "Monsters Utilities",
    slug: "monsters",
    ageDays: 36,
    plan: "professional",
    trial: "over",
    generations: 18,
    storageGb: 2,
  },
  {
    name: "Rekall Memories",
    slug: "rekall",
    ageDays: 45,
    plan: "starter",
    trial: "over",
    generations: 7,
    storageGb: 0,
  },
  {
    name: "The Very Long Name Consolidated Holdings and Software Engineering Services Company",
    slug: "longname",
    ageDays: 55,
    plan: "starter",
    generations: 118,
    storageGb: 11,
  },
  { name: "Kwik Apps", slug: "kwik", ageDays: 0, plan: "free", generations: 0, storageGb: 0 },
];
