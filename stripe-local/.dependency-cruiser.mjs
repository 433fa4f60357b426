// Which room may import what. A room imports only from rooms to its left.
const order = ["store", "contract", "http", "objects", "billing", "webhooks", "clock", "pages"];

const test = "\\.test\\.ts$";

const looksLeftOnly = (room, index) => ({
  name: `${room}-looks-left-only`,
  severity: "error",
  from: { path: `^src/${room}/`, pathNot: test },
  to: { path: `^src/(${order.slice(index + 1).join("|")})/` },
});

const rule = (name, from, to) => ({ name, severity: "error", from, to });

export default {
  forbidden: [
    rule("no-cycles", {}, { circular: true }),
    ...order.slice(0, -1).map(looksLeftOnly),
    rule("rooms-know-no-process", { path: `^src/(${order.join("|")})/`, pathNot: test }, { path: "^src/[^/]+\\.ts$" }),
    rule("the-stand-in-needs-no-sdk", { path: "^src/", pathNot: test }, { path: "node_modules/stripe/" }),
    rule("the-stand-in-needs-no-test", { path: "^src/", pathNot: test }, { path: "^test/" }),
    rule("no-drawers-without-a-label", {}, { path: "^src/.*/(utils|helpers|common|services|index)(/|\\.ts$)" }),
    rule("everything-is-found", {}, { couldNotResolve: true }),
    rule(
      "everything-is-declared",
      { path: "^(src|contract|test)/" },
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
