import { readFileSync } from "node:fs";
import { ApolloLink, Observable } from "@apollo/client";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { buildSchema, graphql, print } from "graphql";
import { createMemoryRouter } from "react-router";
import { App } from "../src/app/App";
import { routes } from "../src/app/routes";
import { makeClient } from "../src/lib/apollo";
import { newWorld, type World } from "./world";

const schema = buildSchema(readFileSync(`${import.meta.dirname}/../../schema.graphql`, "utf8"));

/** Executes operations against the world, under the rules of the schema. */
const worldLink = (world: World) =>
  new ApolloLink(
    ({ query, variables }) =>
      new Observable((observer) => {
        graphql({ schema, source: print(query), rootValue: world.root, variableValues: { ...variables } }).then(
          (result) => {
            observer.next(JSON.parse(JSON.stringify(result)) as object);
            observer.complete();
          },
          (error: unknown) => observer.error(error),
        );
      }),
  );

/** The app at an address, over a world that answers. */
export function openApp(path: string, world: World = newWorld()) {
  const router = createMemoryRouter(routes, { initialEntries: [path] });
  const screen = render(<App client={makeClient(worldLink(world))} router={router} />);
  const address = () => `${router.state.location.pathname}${router.state.location.search}`;
  return { world, router, address, user: userEvent.setup(), ...screen };
}
