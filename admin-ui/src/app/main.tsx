import { createRoot } from "react-dom/client";
import { createBrowserRouter } from "react-router";
import { makeClient } from "../lib/apollo";
import { App } from "./App";
import { routes } from "./routes";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
createRoot(root).render(<App client={makeClient()} router={createBrowserRouter(routes)} />);
