/** The peers themselves: packages from npm in a folder of their own, and a Python that has PyTorch. */

/** The packages, each at the version that was measured. */
const versions = {
  "@tensorflow/tfjs": "4.22.0",
  "@tensorflow/tfjs-backend-wasm": "4.22.0",
  "@jax-js/jax": "0.1.25",
  "numpy-ts": "1.7.0",
} as const;

/** What a program printed, and whether it succeeded. */
export interface Finished {
  readonly success: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, or as long as it may take. */
export async function runProgram(
  command: string,
  args: readonly string[],
  { cwd, env, seconds = 300 }: {
    readonly cwd?: string;
    readonly env?: Record<string, string>;
    readonly seconds?: number;
  } = {},
): Promise<Finished> {
  const limit = AbortSignal.timeout(1000 * seconds);
  try {
    const output = await new Deno.Command(command, {
      args: [...args],
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env }),
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      signal: limit,
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    const stderr = limit.aborted
      ? `not done after ${seconds} seconds`
      : text(output.stderr) || `exit ${output.code}${output.signal ? `, ${output.signal}` : ""}`;
    return { success: output.success, stdout: text(output.stdout), stderr };
  } catch (error) {
    return { success: false, stdout: "", stderr: (error as Error).message };
  }
}

/** Installs the packages where they are not yet, each by itself; returns why any could not be. */
export async function installPackages(folder: string): Promise<Map<string, string>> {
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(`${folder}/deno.json`, '{ "nodeModulesDir": "manual" }\n');
  const failures = new Map<string, string>();
  const wanted = Object.entries(versions).filter(([name, version]) =>
    installedVersion(folder, name) !== version
  );
  for (const some of [wanted, ...wanted.map((one) => [one])]) { // together, or else one by one
    const missing = some.filter(([name]) => installedVersion(folder, name) === null);
    if (missing.length === 0) continue;
    const present = Object.entries(versions).filter(([name]) => installedVersion(folder, name));
    const dependencies = Object.fromEntries([...present, ...some]);
    const manifest = { type: "module", private: true, dependencies };
    await Deno.writeTextFile(`${folder}/package.json`, JSON.stringify(manifest, null, 2));
    const { success, stderr } = await runProgram(Deno.execPath(), ["install", "--quiet"], {
      cwd: folder,
    });
    for (const [name] of success ? [] : some) failures.set(name, lastLine(stderr));
  }
  for (const [name] of wanted) if (installedVersion(folder, name)) failures.delete(name);
  return failures;
}

function installedVersion(folder: string, name: string): string | null {
  try {
    const path = `${folder}/node_modules/${name}/package.json`;
    return JSON.parse(Deno.readTextFileSync(path)).version;
  } catch {
    return null;
  }
}

/** A Python that can import a module, or null. */
export async function findPython(module: string): Promise<string | null> {
  for (const python of ["python3", "/usr/bin/python3"]) {
    if ((await runProgram(python, ["-c", `import ${module}`])).success) return python;
  }
  return null;
}

/** Prints how many billions of operations a second PyTorch does in a product, at its best of five. */
const productSpeed = `
import time, torch
a = torch.rand(512, 512)
def seconds():
    start = time.perf_counter()
    a @ a
    return time.perf_counter() - start
print(2 * 512**3 / min(seconds() for _ in range(5)) / 1e9)
`;

/**
 * A Python that has PyTorch, or why it has to be left out. Debian installs it with the reference
 * BLAS, which is twenty times as slow as any other: nobody who trains would leave it at that.
 */
export async function findPyTorch(): Promise<{ readonly python: string } | string> {
  const python = await findPython("torch");
  if (python === null) return "python3-torch is not installed: PyTorch is left out";
  const speed = parseFloat((await runProgram(python, ["-c", productSpeed])).stdout);
  if (!(speed <= 10)) return { python }; // where it cannot be told, the worker says why
  return `PyTorch multiplies at ${speed.toFixed(1)} GFLOP/s, since libopenblas0-pthread is not ` +
    "installed: it is left out";
}

/** What an error's text says in the end. */
export function lastLine(text: string): string {
  // deno-lint-ignore no-control-regex
  const plain = text.replace(/\x1b\[[0-9;]*m/g, "");
  const lines = plain.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return (lines.find((line) => /^(error:|.*Error:)/.test(line)) ?? lines.at(-1) ?? "").slice(
    0,
    300,
  );
}
