/** What all pages share in the browser: the switch from light to dark, and opening a page. */

import { element, themeChanged } from "./dom.ts";
import { type Page, pageLanguage } from "./page.ts";

/** Fills the page that is open, and says so where it cannot. */
export async function open(page: Page): Promise<void> {
  setUpThemeSwitch();
  const root = document.getElementById("page")!;
  try {
    await page.mount(root, pageLanguage());
    root.dataset["ready"] = performance.now().toFixed(); // milliseconds since it was asked for
  } catch (error) {
    const sentence = pageLanguage() === "en"
      ? "Something on this page went wrong; reloading it may help."
      : "Ada yang salah di halaman ini; coba muat ulang.";
    root.append(element("p", { class: "wrong", role: "alert" }, sentence));
    throw error;
  }
}

/** Lets the reader turn the page light or dark; what was chosen is remembered. */
export function setUpThemeSwitch(): void {
  const isDark = () =>
    getComputedStyle(document.documentElement).colorScheme === "dark" ||
    (document.documentElement.dataset["theme"] === undefined &&
      matchMedia("(prefers-color-scheme: dark)").matches);
  document.getElementById("theme")?.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset["theme"] = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // Not remembered where the browser keeps nothing
    }
    themeChanged();
  });
}
