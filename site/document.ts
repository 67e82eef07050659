/** The HTML documents that pages are opened in. */

import type { Language, Text } from "./page.ts";
import { picture } from "./pictures.ts";

/** A page in the list of all. */
export interface Listed {
  /** The chapter's name, `NN_name`. */
  readonly name: string;
  /** What it is called. */
  readonly title: Text;
  /** One sentence about it. */
  readonly lead: Text;
}

const siteTitle: Text = {
  en: "How a neural network trains",
  id: "Bagaimana jaringan saraf belajar",
};

const siteLead: Text = {
  en: "Fundamentals of deep learning, as pages to play with. Every number and every picture is " +
    "computed in front of you by turunan, an automatic differentiation engine: it derives, " +
    "you drag.",
  id: "Dasar-dasar pembelajaran mendalam, sebagai halaman untuk dimainkan. Setiap angka dan " +
    "gambar dihitung langsung di depan Anda oleh turunan, mesin diferensiasi otomatis: mesin " +
    "yang menurunkan, Anda yang menggeser.",
};

const words = {
  chapters: { en: "Chapters", id: "Bab" },
  chapter: { en: "Chapter", id: "Bab" },
  theme: { en: "Light or dark", id: "Terang atau gelap" },
  other: { en: "Bahasa Indonesia", id: "English" },
  skip: { en: "Skip to the page", id: "Langsung ke isi halaman" },
  next: { en: "Next", id: "Berikutnya" },
  previous: { en: "Previous", id: "Sebelumnya" },
  all: { en: "All chapters", id: "Semua bab" },
  script: {
    en: "This page computes as you read: it needs JavaScript.",
    id: "Halaman ini menghitung selagi Anda membaca: JavaScript harus aktif.",
  },
  served: {
    en: "Browsers do not run this page from a file: deno task site serves it.",
    id: "Peramban tidak menjalankan halaman ini dari berkas: deno task site menyajikannya.",
  },
} satisfies Record<string, Text>;

/** The document of one page; `chunks` are the modules that it loads before it runs. */
export function documentOf(
  pages: readonly Listed[],
  at: number,
  { language, chunks }: { readonly language: Language; readonly chunks: readonly string[] },
): string {
  const { name, title, lead } = pages[at]!;
  const assets = assetsOf(language);
  const preloads = [`pages/${name}.js`, "shell.js", ...chunks]
    .map((path) => `<link rel="modulepreload" href="${assets}/${path}">`).join("\n");
  const body = `<main>
<header class="title">
<p class="number">${words.chapter[language]} ${Number(name.slice(0, 2))}</p>
<h1>${escape(title[language])}</h1>
<p class="lead">${escape(lead[language])}</p>
<p class="wrong" id="unserved" hidden>${words.served[language]}</p>
<script>document.getElementById("unserved").hidden = location.protocol !== "file:";</script>
</header>
<div id="page"></div>
<noscript><p class="wrong">${words.script[language]}</p></noscript>
</main>
${neighbours(pages, at, language)}
<script type="module">
import page from "${assets}/pages/${name}.js";
import { open } from "${assets}/shell.js";
await open(page);
</script>`;
  return whole({
    language,
    file: `${name}.html`,
    title: `${title[language]} · ${siteTitle[language]}`,
    description: lead[language],
    head: preloads,
    body: `${bar(pages, at, language)}\n${body}`,
  });
}

/** The document that lists all pages, each with a small picture. */
export function indexDocument(pages: readonly Listed[], language: Language): string {
  const assets = assetsOf(language);
  const cards = pages.map(({ name, title, lead }) =>
    `<li><a class="card" href="${name}.html">${picture(name)}
<p class="number">${Number(name.slice(0, 2))}</p>
<h2>${escape(title[language])}</h2>
<p>${escape(lead[language])}</p></a></li>`
  );
  const body = `<main class="index">
<header class="title">
<h1>${siteTitle[language]}</h1>
<p class="lead">${siteLead[language]}</p>
</header>
<ol class="cards">
${cards.join("\n")}
</ol>
</main>
<script type="module">
import { setUpThemeSwitch } from "${assets}/shell.js";
setUpThemeSwitch();
</script>`;
  return whole({
    language,
    file: "index.html",
    title: `${siteTitle[language]} · turunan`,
    description: siteLead[language],
    head: "",
    body: `${bar(pages, -1, language)}\n${body}`,
  });
}

const assetsOf = (language: Language): string => language === "en" ? "./assets" : "../assets";

/** The bar at the top: home, the chapters, the other language, light or dark. */
function bar(pages: readonly Listed[], at: number, language: Language): string {
  const file = at < 0 ? "index.html" : `${pages[at]!.name}.html`;
  const other = language === "en" ? `id/${file}` : `../${file}`;
  const code = language === "en" ? "id" : "en";
  const links = pages.map(({ name, title }, index) =>
    `<li><a href="${name}.html" title="${escape(title[language])}"${
      index === at ? ' aria-current="page"' : ""
    }>${Number(name.slice(0, 2))}</a></li>`
  );
  return `<a class="skip" href="#page">${words.skip[language]}</a>
<nav class="bar" aria-label="${words.chapters[language]}">
<a class="home" href="index.html">turunan</a>
${at < 0 ? "" : `<ol>${links.join("")}</ol>`}
<a class="language" href="${other}" hreflang="${code}" lang="${code}">${words.other[language]}</a>
<button id="theme" type="button" aria-label="${words.theme[language]}" title="${
    words.theme[language]
  }"><svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7"/><path d="M10 3a7 7 0 0 1 0 14z"/></svg></button>
</nav>`;
}

/** Links to the chapters before and after. */
function neighbours(pages: readonly Listed[], at: number, language: Language): string {
  const link = (page: Listed | undefined, kind: "previous" | "next") =>
    page === undefined
      ? `<a class="${kind}" href="index.html"><span>${words.all[language]}</span></a>`
      : `<a class="${kind}" rel="${kind === "next" ? "next" : "prev"}" href="${page.name}.html">` +
        `<span>${words[kind][language]}</span><strong>${escape(page.title[language])}</strong></a>`;
  return `<nav class="neighbours" aria-label="${words.chapters[language]}">
${link(pages[at - 1], "previous")}
${link(pages[at + 1], "next")}
</nav>`;
}

function whole(
  { language, title, description, head, body }: {
    readonly language: Language;
    readonly file: string;
    readonly title: string;
    readonly description: string;
    readonly head: string;
    readonly body: string;
  },
): string {
  const assets = assetsOf(language);
  return `<!doctype html>
<html lang="${language}" data-assets="${assets}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<meta name="description" content="${escape(description)}">
<link rel="icon" href="data:image/svg+xml,${icon}">
<script>
try {
  const theme = localStorage.getItem("theme");
  if (theme !== null) document.documentElement.dataset.theme = theme;
} catch {}
</script>
<link rel="stylesheet" href="${assets}/style.css">
${head}
</head>
<body>
${body}
</body>
</html>
`;
}

const icon = encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M3 6q13 44 26-2" ' +
    'fill="none" stroke="#888" stroke-width="3"/><circle cx="16" cy="27" r="5" fill="#e8590c"/></svg>',
);

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
