import type { CodegenConfig } from "@graphql-codegen/cli";

/** Types the app's `.graphql` documents against the committed schema, into one folder that is never edited. */
const config: CodegenConfig = {
  schema: "schema.graphql",
  documents: "admin-ui/src/**/*.graphql",
  generates: {
    "admin-ui/src/gql/documents.ts": {
      plugins: ["typescript-operations", "typed-document-node"],
      config: {
        inlineFragmentTypes: "mask",
        customDirectives: { apolloUnmask: true },
        disableDescriptions: true,
        immutableTypes: true,
        nonOptionalTypename: true,
        skipTypeNameForRoot: true,
        arrayInputCoercion: false,
        enumType: "string-literal",
        useTypeImports: true,
        dedupeFragments: true,
        documentNodeImport: "@apollo/client#TypedDocumentNode",
        scalars: {
          ID: "string",
          DateTime: "string",
          Decimal: "string",
          BigInt: "string",
          JSON: "unknown",
        },
      },
    },
    "admin-ui/src/gql/possible-types.ts": {
      plugins: ["./admin-ui/codegen/possible-types.cjs"],
    },
  },
};

export default config;
