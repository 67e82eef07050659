/** All pages: they load at once, without complaint, in both languages, light, dark and narrow. */

import { assert, assertEquals, assertLess } from "@std/assert";
import { browserTest, keepPicture, type Page, withPage } from "./browser.ts";

const names = [...Deno.readDirSync(new URL("../../site/pages", import.meta.url))]
  .map(({ name }) => name).filter((name) => /^\d\d_\w+\.ts$/.test(name))
  .map((name) => name.replace(".ts", "")).sort();

/** Kilobytes that were sent, the trained model of the drawn digits apart. */
function kilobytes(sent: ReadonlyMap<string, number>): number {
  const bytes = [...sent].filter(([path]) => !path.startsWith("/assets/model/"))
    .map(([, bytes]) => bytes);
  return bytes.reduce((sum, own) => sum + own, 0) / 1000;
}

/** A number once it no longer grows: workers load a little later. */
async function settled(number: () => number): Promise<number> {
  let before = -1;
  while (number() !== before) {
    before = number();
    await new Promise((resolve) => setTimeout(resolve, 120));
  }
  return before;
}

async function overflow(page: Page): Promise<number> {
  return await page.evaluate("document.documentElement.scrollWidth - innerWidth");
}

/** Milliseconds until a page is filled; the best of a few, as other tests run at the same time. */
async function loadTime(page: Page): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < 4 && best >= 1000; i++) {
    if (i > 0) await page.reload();
    await page.waitForSelector("#page[data-ready]", { state: "attached" });
    best = Math.min(best, Number(await page.locator("#page").getAttribute("data-ready")));
  }
  return best;
}

for (const name of ["index", ...names]) {
  for (const language of ["en", "id"] as const) {
    const path = `${language === "en" ? "" : "id/"}${name}.html`;
    browserTest(`${path} is small and quick, and fits a wide window and a narrow one`, async () => {
      await withPage(path, async (page, sent) => {
        assertEquals(await page.locator("html").getAttribute("lang"), language);
        assert((await page.locator("h1").innerText()).length > 2);
        if (name !== "index") {
          const size = await settled(() => kilobytes(sent));
          assertLess(size, 500);
          const time = await loadTime(page);
          assertLess(time, 1000);
          console.log(`${path}: ${time} ms, ${size.toFixed()} kB`);
        }
        assert(await overflow(page) <= 0, "it is too wide");
        await keepPicture(page);
        await page.setViewportSize({ width: 360, height: 740 });
        await page.emulateMedia({ colorScheme: "dark" });
        assert(await overflow(page) <= 0, "it is too wide for a narrow window");
      });
    });
  }
}

browserTest("the index has a card with a picture for each page", async () => {
  await withPage("index.html", async (page) => {
    assertEquals(await page.locator(".card").count(), names.length);
    assertEquals(await page.locator(".card svg > *").first().isVisible(), true);
    await page.locator(".card").first().click();
    await page.waitForSelector("#page[data-ready]", { state: "attached" });
    assert(page.url().endsWith(`${names[0]}.html`));
  });
});

browserTest("a page turns dark and back, and is found again in the other language", async () => {
  await withPage(`${names[0]}.html`, async (page) => {
    const ground = () =>
      page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
    const light = await ground();
    await page.locator("#theme").click();
    assert(await ground() !== light, "it is dark now");
    await page.locator(".language").click();
    await page.waitForSelector("html[lang=id] #page[data-ready]", { state: "attached" });
    assert(await ground() !== light, "dark is remembered");
    await page.locator("#theme").click();
    assertEquals(await ground(), light);
    await page.evaluate("localStorage.clear()");
  });
});
