import { Tabs } from "@mantine/core";
import { curlSnippet, type Request, type SnippetOptions, typescriptSnippet } from "../lib/snippets";
import { CopyIcon } from "./CopyText";
import classes from "./Snippets.module.css";

type Props = { readonly request: Request } & SnippetOptions;

/** The same request for a shell and for TypeScript, to paste. */
export function Snippets({ request, ...options }: Props) {
  return (
    <Tabs defaultValue="curl" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="curl">curl</Tabs.Tab>
        <Tabs.Tab value="typescript">TypeScript</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="curl">
        <Block code={curlSnippet(request, options)} label="Copy the curl command" />
      </Tabs.Panel>
      <Tabs.Panel value="typescript">
        <Block code={typescriptSnippet(request, options)} label="Copy the TypeScript code" />
      </Tabs.Panel>
    </Tabs>
  );
}

function Block({ code, label }: { code: string; label: string }) {
  return (
    <div className={classes.block}>
      <div className={classes.copy}>
        <CopyIcon value={code} label={label} />
      </div>
      {/* Scrolls by itself, so it takes the focus for those who scroll by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes.code} tabIndex={0} aria-label="Code">
        {code}
      </pre>
    </div>
  );
}
