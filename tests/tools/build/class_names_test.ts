import { assertEquals } from "@std/assert";
import { keepClassNames } from "../../../tools/build/class_names.ts";

Deno.test("keepClassNames() names classes as the variables that hold them", () => {
  assertEquals(
    keepClassNames("var A = class _A extends B { copy() { return new _A(this._A); } };"),
    "var A = class A extends B { copy() { return new A(this._A); } };",
  );
});

Deno.test("keepClassNames() leaves classes without a name of their own alone", () => {
  const code = "var A = class { copy() { return new A(); } };\nvar b = f(class _C {});";
  assertEquals(keepClassNames(code), code);
});
