import type { FieldNode, FragmentDefinitionNode, GraphQLResolveInfo, SelectionSetNode } from "graphql";

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** Documents are kept while they are asked again, and what their fields ask for with them. */
const known = new WeakMap<FieldNode, ReadonlySet<string>>();

/**
 * Whether the query asks for one of these fields of what is being resolved, under whatever alias and also in fragments.
 * One that a directive leaves out counts: the answer is for reading ahead, not for what may be seen.
 */
export function asksFor({ fieldNodes, fragments }: GraphQLResolveInfo, ...names: readonly string[]): boolean {
  return fieldNodes.some((node) => {
    let fields = known.get(node);
    if (fields === undefined) {
      const found = new Set<string>();
      collect(node.selectionSet, fragments, found, new Set());
      known.set(node, found);
      fields = found;
    }
    return names.some((name) => fields.has(name));
  });
}

/** @param seen fragments that were looked into: each is once, however often it is spread */
function collect(
  selections: SelectionSetNode | undefined,
  fragments: Fragments,
  found: Set<string>,
  seen: Set<string>,
): void {
  for (const selection of selections?.selections ?? []) {
    if (selection.kind === "Field") found.add(selection.name.value);
    else if (selection.kind === "InlineFragment") collect(selection.selectionSet, fragments, found, seen);
    else if (!seen.has(selection.name.value)) {
      seen.add(selection.name.value);
      collect(fragments[selection.name.value]?.selectionSet, fragments, found, seen);
    }
  }
}
