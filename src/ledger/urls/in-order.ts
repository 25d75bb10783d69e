/** Does some work on several items at once and gives the results in the order of the items. */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  atOnce: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = []
  for await (const item of items) {
    const begun = work(item)
    // Told by whoever awaits it in its turn.
    begun.catch(() => {})
    running.push(begun)
    if (running.length >= atOnce) yield await running.shift()!
  }
  for (const begun of running) yield await begun
}
