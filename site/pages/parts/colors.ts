/** The page's colours, kept from frame to frame: to ask the style sheet anew takes too long. */

import { onThemeChange, palette } from "../../dom.ts";

let kept: ReturnType<typeof palette> | null = null;
let isListening = false;

/** The page's colours as they are now. */
export function colorsNow(): ReturnType<typeof palette> {
  if (!isListening) onThemeChange(() => kept = null);
  isListening = true;
  return kept ??= palette();
}
