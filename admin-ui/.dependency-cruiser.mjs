// lib -> ui -> features -> app: a folder imports only from folders to its left, and a feature from no other feature,
// except the addresses of its pages.
const rule = (name, from, to) => ({ name, severity: "error", from, to });

const test = "\\.test\\.tsx?$";

export default {
  forbidden: [
    rule("no-cycles", {}, { circular: true }),
    rule("lib-looks-left-only", { path: "^src/lib/", pathNot: test }, { path: "^src/(ui|features|app)/" }),
    rule("ui-looks-left-only", { path: "^src/ui/", pathNot: test }, { path: "^src/(features|app)/" }),
    rule("features-look-left-only", { path: "^src/features/", pathNot: test }, { path: "^src/app/" }),
    rule(
      "features-stay-apart",
      { path: "^src/features/([^/]+)/" },
      { path: "^src/features/", pathNot: "^src/features/$1/|/urls\\.ts$" },
    ),
    rule("every-folder-has-its-place", { path: "^src/(?!(lib|ui|features|app|gql)/|vite-env)" }, {}),
    rule("no-drawers-without-a-label", {}, { path: "^src/.*/(utils|helpers|common|services|index)(/|\\.tsx?$)" }),
    rule("the-product-needs-no-test", { path: "^src/", pathNot: test }, { path: "^test/" }),
    rule("everything-is-found", {}, { couldNotResolve: true }),
    rule("everything-is-declared", { path: "^src/" }, { dependencyTypes: ["npm-no-pkg", "npm-unknown"] }),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "browser", "default", "types"] },
  },
};
