/** What the tests of the pages do, and what they look at. */

import { assertNotEquals } from "@std/assert";
import { numberIn, type Page } from "./browser.ts";

/** The `data-` attribute of a panel. */
export const dataOf = (page: Page, lab: string, name: string): Promise<string | null> =>
  page.locator(`[data-lab=${lab}]`).getAttribute(`data-${name}`);

export const numberOf = (page: Page, lab: string, name: string): Promise<number> =>
  numberIn(page, `[data-lab=${lab}]`, name);

/** The picture of a panel, as bytes. */
async function pictureOf(page: Page, lab: string): Promise<string> {
  return (await page.locator(`[data-lab=${lab}]`).screenshot()).toString("base64");
}

/** Does something to a panel, which must change its picture. */
export async function changing(
  page: Page,
  lab: string,
  act: () => Promise<unknown>,
): Promise<void> {
  const before = await pictureOf(page, lab);
  await act();
  await page.waitForTimeout(80);
  assertNotEquals(await pictureOf(page, lab), before);
}

/** Drags what a selector finds by some pixels. */
export async function drag(
  page: Page,
  selector: string,
  [dx, dy]: [number, number],
): Promise<void> {
  const part = page.locator(selector);
  await part.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await part.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + dx, y + height / 2 + dy, { steps: 4 });
  await page.mouse.up();
}

/** Types into a field; gives the sentence that then stands beside it. */
export async function type(page: Page, field: string, text: string): Promise<string> {
  const own = page.locator(field);
  await own.locator("input").fill(text);
  return await own.locator(".wrong").innerText();
}
