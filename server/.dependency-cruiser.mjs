// Which folder and which room may import what (docs/decisions). A folder imports only from folders to its left.
const order = [
  "kernel",
  "rating",
  "platform",
  "audit",
  "organizations",
  "users",
  "auth",
  "webhooks",
  "flags",
  "catalog",
  "subscriptions",
  "usage",
  "entitlements",
  "invoices",
  "payments",
  "analytics",
  "support",
  "app",
];

const test = "\\.test\\.ts$";

const looksLeftOnly = (folder, index) => ({
  name: `${folder}-looks-left-only`,
  severity: "error",
  from: { path: `^src/${folder}/`, pathNot: test },
  to: { path: `^src/(${order.slice(index + 1).join("|")})/` },
});

const rule = (name, from, to) => ({ name, severity: "error", from, to });

export default {
  forbidden: [
    rule("no-cycles", {}, { circular: true }),
    ...order.slice(0, -1).map(looksLeftOnly),
    rule("every-folder-has-its-place", { path: `^src/(?!(${order.join("|")})/)` }, {}),
    rule("the-core-is-pure", { path: "^src/(kernel|rating)/", pathNot: test }, { pathNot: "^src/(kernel|rating)/" }),
    rule(
      "entities-know-no-door",
      { path: "\\.entity\\.ts$" },
      { path: "\\.(type|input|resolver|permissions|loader|job|route)\\.ts$|(/|\\.)feature\\.ts$" },
    ),
    rule(
      "refusals-say-why-and-no-more",
      { path: "\\.refusals\\.ts$" },
      { path: "^src/", pathNot: "^src/(kernel|rating)/|\\.refusals\\.ts$" },
    ),
    rule(
      "use-cases-know-no-door",
      {
        path: "^src/",
        pathNot:
          "\\.(type|input|resolver|permissions|loader|job|route|test)\\.ts$|-view\\.ts$|(/|\\.)feature\\.ts$|^src/(platform|app)/",
      },
      {
        path: "\\.(type|input|resolver|permissions|route)\\.ts$|(/|\\.)feature\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    ),
    rule(
      "features-are-mounted-by-app",
      { path: "^src/", pathNot: `^src/app/|${test}` },
      { path: "^src/(?!platform/)[^/]+/feature\\.ts$" },
    ),
    rule(
      "graphql-stays-at-the-edge",
      {
        path: "^src/",
        pathNot: `^src/(platform/graphql|app)/|\\.(type|input|resolver|permissions|loader)\\.ts$|(/|\\.)feature\\.ts$|${test}`,
      },
      { path: "node_modules/(type-graphql|graphql|graphql-shield|graphql-scalars)/" },
    ),
    rule("stripe-stays-in-payments", { path: "^src/", pathNot: "^src/payments/" }, { path: "node_modules/stripe/" }),
    rule("no-drawers-without-a-label", {}, { path: "^src/.*/(utils|helpers|common|services|index)(/|\\.ts$)" }),
    rule("the-product-needs-no-test", { path: "^src/", pathNot: test }, { path: "^(test|bench|launch)/" }),
    rule("the-launcher-runs-unbuilt", { path: "^launch/" }, { path: "^(src|test|bench)/" }),
    rule("everything-is-found", {}, { couldNotResolve: true }),
    rule(
      "everything-is-declared",
      { path: "^(src|launch|test|bench)/" },
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
