/** The second thread that `cores.ts` compares the first with. */

import { looping } from "../cores.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<number | Uint8Array<ArrayBuffer>>) => void;
  postMessage: (message: number) => void;
};
let loop: (milliseconds: number) => number = () => 0;

scope.onmessage = ({ data }) => {
  if (typeof data !== "number") loop = looping(data);
  scope.postMessage(typeof data === "number" ? loop(data) : 0);
};
