import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, Observable } from "@apollo/client";
import { OperationTypeNode } from "graphql";
import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { ErrorLink } from "@apollo/client/link/error";
import { possibleTypes } from "../gql/possible-types";
import { cacheKeys, mergedTypes } from "./cache-keys";
import { sessionGate } from "./session-gate";

function makeCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes,
    typePolicies: {
      ...Object.fromEntries(
        Object.entries(cacheKeys).map(([type, keyFields]) => [type, { keyFields: [...keyFields] }]),
      ),
      ...Object.fromEntries(mergedTypes.map((type) => [type, { merge: true }])),
    },
  });
}

const isUnauthenticated = (error: unknown): boolean =>
  CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.["code"] === "UNAUTHENTICATED");

/** Queries that met an ended session are asked again after the log-in; mutations never are: the person sends them again. */
const retryAfterLogIn = new ErrorLink(({ error, operation, forward }) => {
  if (!isUnauthenticated(error)) return;
  const again = sessionGate.ask();
  if (operation.operationType === OperationTypeNode.MUTATION) return;
  return new Observable((observer) => {
    let inner: { unsubscribe(): void } | undefined;
    void again.then((loggedIn) => {
      if (loggedIn) inner = forward(operation).subscribe(observer);
      else observer.error(error);
    });
    return () => inner?.unsubscribe();
  });
});

const http = new HttpLink({
  uri: "/graphql",
  credentials: "same-origin",
  headers: { "apollo-require-preflight": "true" },
});

export function makeClient(transport: ApolloLink = http): ApolloClient {
  return new ApolloClient({
    link: ApolloLink.from([retryAfterLogIn, transport]),
    cache: makeCache(),
    dataMasking: true,
    devtools: { enabled: false },
  });
}
