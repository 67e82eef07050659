/** All pages: they load at once, without complaint, in both languages, light, dark and narrow. */

import { assert, assertEquals } from "@std/assert";
import { browserTest, withPage } from "./browser.ts";

const names = [...Deno.readDirSync(new URL("../../site/pages", import.meta.url))]
  .map(({ name }) => name).filter((name) => /^\d\d_\w+\.ts$/.test(name))
  .map((name) => name.replace(".ts", "")).sort();

for (const name of ["index", ...names]) {
  for (const language of ["en", "id"] as const) {
    const path = `${language === "en" ? "" : "id/"}${name}.html`;
    browserTest(`${path} fits a wide light window and a narrow dark one`, async () => {
      for (const view of [{}, { width: 360, height: 740, theme: "dark" }] as const) {
        await withPage(path, async (page) => {
          assertEquals(await page.locator("html").getAttribute("lang"), language);
          assert((await page.locator("h1").innerText()).length > 2);
          const overflow = await page.evaluate(
            "document.documentElement.scrollWidth - innerWidth",
          ) as number;
          assert(overflow <= 0, `it is ${overflow} pixels too wide`);
        }, view);
      }
    });
  }
}
