/** Does `work` and prints what it came to, with the time it took. */
export async function step<T>(name: string, work: () => Promise<T>, outcome?: (result: T) => string): Promise<T> {
  const startedAt = performance.now();
  try {
    const result = await work();
    say("✓", name, startedAt, outcome?.(result) ?? "");
    return result;
  } catch (error) {
    say("✗", name, startedAt, "");
    throw error;
  }
}

function say(mark: string, name: string, startedAt: number, outcome: string): void {
  const seconds = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  console.log(`${mark} ${name.padEnd(28)}${seconds.padStart(8)}  ${outcome}`.trimEnd());
}
