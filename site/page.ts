/** What a page of the lecture is, and how a sentence is said in both languages. */

/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** The languages of the pages: English and Indonesian. */
export type Language = "en" | "id";

/** A sentence in each language. */
export type Text = Readonly<Record<Language, string>>;

/** One page of the lecture: `site/pages/NN_name.ts` exports it; the name equals the chapter's. */
export interface Page {
  /** What the page is called. */
  readonly title: Text;
  /** One sentence below the title. */
  readonly lead: Text;
  /** Fills the page, its texts in that language. Nothing may touch the document before. */
  mount(root: HTMLElement, language: Language): void | Promise<void>;
}

/** The language of the page that is open. */
export function pageLanguage(): Language {
  return document.documentElement.lang === "id" ? "id" : "en";
}
