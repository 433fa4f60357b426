import { alternatives, flat } from "./contract.ts";
import { ParamFault } from "./read-params.ts";
import type { Schema } from "./schema.ts";

const MAX_DEPTH = 4;

/**
 * Checks what a request wants to have expanded.
 *
 * @param answer the schema of the operation's answer
 * @throws ParamFault for a path that is too deep or leads to nothing that can be expanded
 */
export function checkExpand(answer: Schema, paths: readonly string[]): void {
  paths.forEach((path, index) => {
    const segments = path.split(".");
    if (segments.length > MAX_DEPTH) {
      throw new ParamFault(
        `expand[${index}]`,
        `You cannot expand more than ${MAX_DEPTH} levels of a property. Property: ${path}`,
      );
    }
    if (!leadsSomewhere(answer, segments)) {
      throw new ParamFault(`expand[${index}]`, `This property cannot be expanded (${path}).`);
    }
  });
}

function leadsSomewhere(answer: Schema, segments: readonly string[]): boolean {
  let here = alternatives(answer);
  for (const [depth, segment] of segments.entries()) {
    // Of what the contract does not describe, anything may be asked.
    if (here.some((schema) => schema["x-opaque"])) return true;
    const found = here.flatMap((schema) => {
      const property = schema.properties?.[segment];
      return property ? [{ property, isOptional: !schema.required?.includes(segment) }] : [];
    });
    const isLast = depth === segments.length - 1;
    if (
      found.length === 0 ||
      (isLast && !found.some(({ property, isOptional }) => isOptional || isReference(property)))
    ) {
      return false;
    }
    here = found.flatMap(({ property }) => inside(property)).filter(({ type }) => type !== "string");
  }
  return true;
}

const inside = (property: Schema): Schema[] => {
  const { type, items } = flat(property);
  return alternatives(type === "array" && items ? items : property);
};

/** An id, or the object in its place. */
function isReference(property: Schema): boolean {
  const all = inside(property);
  return (
    all.some(({ type }) => type === "string") && all.some(({ type, properties }) => type === "object" || properties)
  );
}
