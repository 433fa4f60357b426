const { isAbstractType } = require("graphql");

/** Lists the members of each union and interface, which Apollo's cache needs to match fragments. */
module.exports = {
  plugin(schema) {
    const abstract = Object.values(schema.getTypeMap()).filter(
      (type) => isAbstractType(type) && !type.name.startsWith("__"),
    );
    const lines = abstract
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .map(
        (type) =>
          `  ${type.name}: ${JSON.stringify(
            schema
              .getPossibleTypes(type)
              .map(({ name }) => name)
              .toSorted(),
          )},`,
      );
    return ["export const possibleTypes: Record<string, string[]> = {", ...lines, "};", ""].join("\n");
  },
};
