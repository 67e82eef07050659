/** A real browser for the tests of the lecture's pages: Debian's Chromium, by playwright. */

import { assertEquals } from "@std/assert";
import type { BrowserContext, Page } from "npm:playwright-core@1.65.1";
import { build } from "../../site/build.ts";
import { handler } from "../../site/serve.ts";

export type { Page };

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executable = [Deno.env.get("CHROMIUM") ?? "", ...places].find(exists);
if (executable === undefined) {
  console.log(
    "The pages are not tested: no Chromium found (apt-get install chromium, or CHROMIUM=path)",
  );
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** How a page is opened. */
export interface View {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
}

/** The built site, served, with a browser before it. */
interface Stage {
  readonly address: string;
  readonly context: BrowserContext;
  /** How many bytes of each path were sent since this was cleared. */
  readonly sent: Map<string, number>;
  close(): Promise<void>;
}

let stage: Promise<Stage> | null = null;

async function setUp(): Promise<Stage> {
  const folder = await Deno.makeTempDir({ prefix: "turunan_site_" });
  await build(`${folder}/dist`);
  const sent = new Map<string, number>();
  const answer = handler(`${folder}/dist`);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const response = await answer(request);
      const body = await response.bytes();
      const { pathname } = new URL(request.url);
      sent.set(pathname, (sent.get(pathname) ?? 0) + body.length);
      return new Response(body, response);
    },
  );
  Deno.env.set("__IS_WSL_TEST__", "1"); // else it looks into /proc, which needs all permissions
  const { chromium } = await import("npm:playwright-core@1.65.1");
  const context = await chromium.launchPersistentContext(`${folder}/profile`, {
    executablePath: executable!,
    args: flags,
    headless: true,
    viewport: { width: 1100, height: 900 },
  });
  return {
    address: `http://127.0.0.1:${server.addr.port}`,
    context,
    sent,
    async close() {
      await context.close();
      await server.shutdown();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Opens a page, waits until it is filled, and hands it on; it must not complain meanwhile. */
export async function withPage(
  path: string,
  use: (page: Page, sent: ReadonlyMap<string, number>) => Promise<void>,
  { width = 1100, height = 900, theme = "light" }: View = {},
): Promise<void> {
  const { address, context, sent } = await (stage ??= setUp());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(`no answer: ${request.url()}`));
  page.on("request", (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) {
      complaints.push(`another host: ${request.url()}`);
    }
  });
  page.setDefaultTimeout(10_000);
  const session = await context.newCDPSession(page);
  await session.send("Network.clearBrowserCache"); // a reader's first visit
  sent.clear();
  try {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: theme });
    await page.goto(`${address}/${path}`);
    if (!/(^|\/)(index\.html)?$/.test(path)) {
      await page.waitForSelector("#page[data-ready]", { state: "attached" });
    }
    await use(page, sent);
    await keepPicture(page);
    assertEquals(complaints, []);
  } finally {
    await page.close();
  }
}

/** Keeps a picture of a page where `TURUNAN_SCREENSHOTS` names a folder. */
export async function keepPicture(page: Page): Promise<void> {
  const folder = Deno.env.get("TURUNAN_SCREENSHOTS");
  if (folder === undefined) return;
  await Deno.mkdir(folder, { recursive: true });
  await page.waitForTimeout(200); // for what moves
  const theme = await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
  const name = [
    new URL(page.url()).pathname.slice(1).replaceAll("/", "_").replace(".html", ""),
    theme ? "dark" : "light",
    page.viewportSize()?.width,
  ];
  await page.screenshot({ path: `${folder}/${name.join("_")}.png`, fullPage: true });
}

/** A test in the browser; it is ignored where there is none. */
export function browserTest(name: string, run: () => Promise<void>): void {
  Deno.test({ name, ignore: executable === undefined, fn: run });
}

Deno.test.afterAll(async () => {
  if (stage !== null) await (await stage).close();
});

/** A `data-` attribute of the first element that a selector finds, as a number. */
export async function numberIn(page: Page, selector: string, name: string): Promise<number> {
  const text = await page.locator(selector).first().getAttribute(`data-${name}`);
  if (text === null) throw new Error(`${selector} has no data-${name}`);
  return Number(text);
}
