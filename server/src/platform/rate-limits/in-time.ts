/**
 * The answer, if it comes within `ms`. One that has arrived but was not looked at yet, because this
 * process itself was busy, is in time.
 *
 * @throws Error when it is late; what `answer` rejects with
 */
export function inTime<Answer>(answer: Promise<Answer>, ms: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error(`no answer within ${ms} ms`));
    // What has arrived is read between a timer and an immediate.
    const timer = setTimeout(() => setImmediate(late), ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
