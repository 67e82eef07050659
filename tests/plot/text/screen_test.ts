import { assertEquals } from "@std/assert";
import { Screen, shortened, wrapped } from "../../../plot/text/screen.ts";

Deno.test("Screen cuts off what does not fit", () => {
  const screen = new Screen(5);
  screen.write(3, 1, "abc");
  screen.write(-1, 0, "xyz");
  screen.put(2, -1, "!");
  assertEquals(screen.lines(false), ["yz", "   ab"]);
});

Deno.test("Screen writes one escape sequence for a run of equal styles", () => {
  const screen = new Screen(9);
  screen.write(0, 0, "ab", { color: "#ff0000", weight: "bold" });
  screen.write(2, 0, "c", { background: "#ffffff" });
  screen.write(3, 0, " d");
  assertEquals(screen.lines(true), ["\x1b[1;38;5;196mab\x1b[0m\x1b[48;5;231mc\x1b[0m d"]);
  assertEquals(screen.lines(false), ["abc d"]);
});

Deno.test("Screen keeps blanks at the end only where they are coloured", () => {
  const screen = new Screen(9);
  screen.write(0, 0, "a  ", {});
  screen.write(3, 0, " ", { background: "#000000" });
  assertEquals(screen.lines(false), ["a"]);
  assertEquals(screen.lines(true), ["a  \x1b[48;5;16m \x1b[0m"]);
});

Deno.test("Screen has greys for greys", () => {
  const screen = new Screen(1);
  screen.put(0, 0, "x", { color: "#767676" });
  assertEquals(screen.lines(true), ["\x1b[38;5;243mx\x1b[0m"]);
});

Deno.test("shortened() and wrapped() keep to a length", () => {
  assertEquals([shortened("abcdef", 4), shortened("abc", 3), shortened("abc", 0)], [
    "abc…",
    "abc",
    "",
  ]);
  assertEquals(wrapped("one two three", 7), ["one two", "three"]);
});
