/** Classes that keep their names in a bundle. */

import { type Identifier, parse } from "npm:acorn@8.15.0";
import { simple } from "npm:acorn-walk@8.3.4";
import MagicString from "npm:magic-string@0.30.17";

/**
 * The module with each class named as the variable that holds it. A bundler writes
 * `Tensor = class _Tensor` of a class that speaks of itself, and messages would say `_Tensor`.
 */
export function keepClassNames(code: string): string {
  const result = new MagicString(code);
  simple(parse(code, { ecmaVersion: "latest", sourceType: "module" }), {
    VariableDeclarator({ id, init }) {
      if (id.type !== "Identifier" || init?.type !== "ClassExpression" || !init.id) return;
      const own = init.id;
      const rename = ({ name, start, end }: Identifier): void => {
        if (name === own.name) result.update(start, end, id.name);
      };
      rename(own);
      simple(init, { Identifier: rename });
    },
  });
  return result.toString();
}
